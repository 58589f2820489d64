import { newClient } from 'gatesign'
import { configOf } from '#lib/server/config.ts'

export async function load() {
  const { data } = await newClient(configOf()).invokeApi<{ Items: unknown[] }>({}, '/movie_list', 'GET')
  return { count: data.Items.length }
}
