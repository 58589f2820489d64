// What the main process calls: pages ask it, and see no credentials.

import { newClient } from 'gatesign'

export const configOf = () => ({
  invokeUrl: process.env.INVOKE_URL ?? '',
  region: 'us-east-1',
  accessKey: process.env.ACCESS_KEY,
  secretKey: process.env.SECRET_KEY,
})

export async function countMovies() {
  const { data } = await newClient(configOf()).invokeApi<{ Items: unknown[] }>({}, '/movie_list', 'GET')
  return data.Items.length
}
