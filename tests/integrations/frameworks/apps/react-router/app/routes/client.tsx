// The server gives the page a configuration; a real one has its own login for temporary credentials.

import { newClient } from 'gatesign'
import { useLoaderData } from 'react-router'
import { configOf } from '../config.server'

type Movies = { Items: unknown[] }

export const loader = () => configOf()

export async function clientLoader({ serverLoader }: { serverLoader: <T>() => Promise<T> }) {
  const config = await serverLoader<ReturnType<typeof configOf>>()
  const { data } = await newClient(config).invokeApi<Movies>({}, '/movie_list', 'GET')
  return { count: data.Items.length }
}
clientLoader.hydrate = true as const

export const HydrateFallback = () => <p>Loading</p>

export default function Client() {
  const { count } = useLoaderData<typeof clientLoader>()
  return <p id="movies">{`${count} movies`}</p>
}
