// A Worker in front of an API with IAM: its callers need no AWS credentials.
//
// INVOKE_URL and AWS_REGION are variables of the Worker, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY its secrets.

import { diagnose, newClient } from 'gatesign'

export default {
  async fetch(request, env) {
    if (request.method !== 'GET') return new Response('Only GET', { status: 405 })
    const client = newClient({
      invokeUrl: env.INVOKE_URL,
      region: env.AWS_REGION,
      accessKey: env.AWS_ACCESS_KEY_ID,
      secretKey: env.AWS_SECRET_ACCESS_KEY,
    })
    try {
      const { data } = await client.invokeApi({}, '/movie_list', 'GET')
      return Response.json(data.Items.map(({ year, title }) => ({ year, title })))
    } catch (error) {
      // What went wrong is for the log; it holds no credential.
      console.error(error.message, diagnose(error).kind)
      return new Response('The movies are not available', { status: 502 })
    }
  },
}
