import { newClient } from 'gatesign'
import { configOf } from '../config.js'

export async function GET() {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  return Response.json({ movies: (await response.json()).Items.length })
}
