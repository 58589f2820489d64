import { newClient } from 'gatesign'
import { useLoaderData } from 'react-router'
import { configOf } from '../config.server'

type Movies = { Items: unknown[] }

export async function loader() {
  const { data } = await newClient(configOf()).invokeApi<Movies>({}, '/movie_list', 'GET')
  return { count: data.Items.length }
}

export default function Home() {
  const { count } = useLoaderData<typeof loader>()
  return <p id="movies">{`${count} movies`}</p>
}
