import { newClient } from 'gatesign'
import { configOf } from '../../../config'

export const dynamic = 'force-dynamic'

export async function GET() {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  if (process.release?.name !== 'node') throw new Error('not Node')
  return Response.json({ movies: (await response.json()).Items.length })
}
