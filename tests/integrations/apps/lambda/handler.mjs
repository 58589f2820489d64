// A Lambda function that calls a private API with its own role: all three variables are in its environment.

import { newClient } from 'gatesign'

const client = newClient({
  invokeUrl: process.env.INVOKE_URL,
  region: process.env.AWS_REGION,
  accessKey: process.env.AWS_ACCESS_KEY_ID,
  secretKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
})

export async function handler({ path }) {
  const { status, data } = await client.invokeApi({}, path, 'GET')
  return { statusCode: status, body: JSON.stringify(data) }
}
