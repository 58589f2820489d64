import { newClient } from 'gatesign'
import { configOf } from '../../../config'

export const runtime = 'edge'

export async function GET() {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  if (EdgeRuntime !== 'edge-runtime') throw new Error('not the edge runtime')
  return Response.json({ movies: (await response.json()).Items.length })
}
