import { newClient } from 'gatesign'
import { configOf } from '../config.server'
import type { Route } from './+types/home'

type Movies = { Items: unknown[] }

export async function loader() {
  const { data } = await newClient(configOf()).invokeApi<Movies>({}, '/movie_list', 'GET')
  return { count: data.Items.length }
}

export default function Home({ loaderData }: Route.ComponentProps) {
  return <p id="movies">{`${loaderData.count} movies`}</p>
}
