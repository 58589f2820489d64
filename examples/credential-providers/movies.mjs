// Prints the titles with whatever credentials the AWS CLI would use: environment, profile, SSO, role.

import { newClient } from 'gatesign'
import { fromNodeProviderChain } from 'gatesign/credentials'

const client = newClient({
  invokeUrl: process.env.INVOKE_URL ?? 'https://abc123.execute-api.us-east-1.amazonaws.com/stage',
  region: process.env.AWS_REGION,
  credentials: fromNodeProviderChain(),
  retries: 2,
  retryDelay: 'exponential',
})

const { data } = await client.invokeApi({}, '/movie_list', 'GET')
for (const { title } of data.Items) console.log(title)
