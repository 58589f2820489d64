// The same call by import, with await.

import { newClient } from 'gatesign'

const client = newClient({
  invokeUrl: process.env.INVOKE_URL ?? 'https://abc123.execute-api.us-east-1.amazonaws.com/stage/movie_list',
  accessKey: process.env.AWS_ACCESS_KEY_ID,
  secretKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
  region: process.env.AWS_REGION,
  apiKey: process.env.API_KEY,
})

const result = await client.invokeApi({}, '', 'GET')
for (const { year, title } of result.data.Items) console.log(year, title)
