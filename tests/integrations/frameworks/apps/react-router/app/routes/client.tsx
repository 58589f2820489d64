// The server gives the page a configuration; a real one has its own login for temporary credentials.

import { newClient } from 'gatesign'
import { configOf } from '../config.server'
import type { Route } from './+types/client'

type Movies = { Items: unknown[] }

export const loader = () => configOf()

export async function clientLoader({ serverLoader }: Route.ClientLoaderArgs) {
  const config = await serverLoader()
  const { data } = await newClient(config).invokeApi<Movies>({}, '/movie_list', 'GET')
  return { count: data.Items.length }
}
clientLoader.hydrate = true as const

export const HydrateFallback = () => <p>Loading</p>

export default function Client({ loaderData }: Route.ComponentProps) {
  return <p id="movies">{`${loaderData.count} movies`}</p>
}
