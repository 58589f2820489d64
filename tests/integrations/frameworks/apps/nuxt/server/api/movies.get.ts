import { newClient } from 'gatesign'

export default defineEventHandler(async () => {
  const response = await newClient(configOf()).fetch('/stage/movie_list')
  return { movies: (await response.json()).Items.length }
})
