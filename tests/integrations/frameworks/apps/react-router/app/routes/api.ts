// A resource route: it has no component.

import { newClient } from 'gatesign'
import { configOf } from '../config.server'

export async function loader() {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  const { Items } = (await response.json()) as { Items: unknown[] }
  return Response.json({ movies: Items.length })
}
