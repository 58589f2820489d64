import { json } from '@sveltejs/kit'
import { newClient } from 'gatesign'
import { configOf } from '#lib/server/config.ts'

export async function GET() {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  return json({ movies: (await response.json()).Items.length })
}
