// Run as it is: tsx movies.ts

import { type ApiResponse, newClient } from 'gatesign'
import { readEvents } from 'gatesign/events'

interface Movies {
  Items: { title: string }[]
}

const client = newClient({
  invokeUrl: process.env.INVOKE_URL as string,
  region: 'us-east-1',
  accessKey: process.env.ACCESS_KEY,
  secretKey: process.env.SECRET_KEY,
})
const { status, data }: ApiResponse<Movies> = await client.invokeApi<Movies>({}, '/movie_list', 'GET')
let events = 0
for await (const _ of readEvents(await client.fetch('/stage/movie_list?format=events'))) events += 1
console.log(status, data.Items.length > 0, events > 0)
