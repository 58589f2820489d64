// The types that `gatesign types` writes for tests/sdk/movies.json: what may be called, and what is a mistake.

import { type ApiResponse, type Client, newClient } from 'gatesign'
import { methodsOf } from 'gatesign/sdk'
import { newClient as slimClient } from 'gatesign/slim'
import type { Api, Methods, Movie, Client as MoviesClient } from './movies-api.js'

const client: MoviesClient = newClient<Api>({ invokeUrl: 'https://example.com' })
const slim: MoviesClient = slimClient<Api>({ invokeUrl: 'https://example.com' })
const plain: Client = newClient({ invokeUrl: 'https://example.com' })
const made: ReturnType<typeof newClient> = plain
const methods = methodsOf<Methods>(made, {})
const movie: Movie = { year: 1995, title: 'Heat' }

export async function right() {
  const { data } = await client.invokeApi({}, '/movie_list', 'GET')
  const title: string | undefined = data.Items[0]?.title
  const { data: one } = await client.invokeApi(
    { year: 1995, title: 'Heat' },
    '/movie/{year}/{title}',
    'get',
    {
      queryParams: { lang: 'de', tag: ['a', 'b'] },
      headers: { 'x-other': 'any other header' },
      timeout: 5000,
    },
  )
  const year: number = one.Item.year
  await client.invokeApi(
    null,
    '/movie_list',
    'GET',
    { queryParams: { limit: 3 }, headers: { 'X-Trace': 'a' } },
    {},
  )
  const response: ApiResponse<{ [name: string]: unknown }> = await client.invokeApi(
    {},
    '/movie',
    'POST',
    {},
    movie,
  )
  await client.invokeApi({}, '/movie', 'POST', null, movie)
  await client.invokeApi({ year: 1995, title: 7 }, '/movie/{year}/{title}', 'DELETE', {
    headers: { 'If-Match': '1' },
  })
  await slim.invokeApi({ proxy: 'a/b' }, '/echo/{+proxy}', 'PATCH', {}, 'any body')
  await client.presign({ pathTemplate: '/anything', expiresIn: 60 })

  await methods.rootGet()
  const list = await methods.movieListGet({ limit: 3, 'X-Trace': 'a' }, {}, { timeout: 5 })
  await methods.ListMovies(null)
  await methods.moviePost({}, movie, { headers: { 'x-other': '1' } })
  await methods.movieYearTitleDelete({ year: 1995, title: 'Heat', 'If-Match': '1' })
  return [title, year, response, list.data.Items.map((item) => item.sequels?.[0]?.title)]
}

export async function wrong() {
  // @ts-expect-error a path that the API does not have
  await client.invokeApi({}, '/movies', 'GET')
  // @ts-expect-error a method that the path does not have
  await client.invokeApi({}, '/movie_list', 'POST')
  // @ts-expect-error a variable is missing
  await client.invokeApi({ year: 1995 }, '/movie/{year}/{title}', 'GET')
  // @ts-expect-error a variable that is none
  await client.invokeApi({ year: 1995, title: 'Heat', name: 'x' }, '/movie/{year}/{title}', 'GET')
  // @ts-expect-error a year that is no number
  await client.invokeApi({ year: '1995', title: 'Heat' }, '/movie/{year}/{title}', 'GET')
  // @ts-expect-error a path without variables
  await client.invokeApi({ id: 1 }, '/movie_list', 'GET')
  // @ts-expect-error a parameter of the query that the API does not have
  await client.invokeApi({}, '/movie_list', 'GET', { queryParams: { limits: 3 } })
  // @ts-expect-error a method without parameters
  await client.invokeApi({}, '/', 'GET', { queryParams: { limit: 3 } })
  await client.invokeApi({ year: 1995, title: 'Heat' }, '/movie/{year}/{title}', 'GET', {
    // @ts-expect-error a value that is not listed
    queryParams: { lang: 'fr' },
  })
  // @ts-expect-error an option that is not there
  await client.invokeApi({}, '/movie_list', 'GET', { query: {} })
  // @ts-expect-error the body is missing
  await client.invokeApi({}, '/movie', 'POST')
  // @ts-expect-error a body without its title
  await client.invokeApi({}, '/movie', 'POST', {}, { year: 1995 })
  // @ts-expect-error a body with a method that has none
  await client.invokeApi({}, '/movie_list', 'GET', {}, movie)
  // @ts-expect-error a header is missing
  await client.invokeApi({ year: 1995, title: 'Heat' }, '/movie/{year}/{title}', 'DELETE')
  const { data } = await client.invokeApi({}, '/movie_list', 'GET')
  // @ts-expect-error what the answer does not have
  console.log(data.items)

  // @ts-expect-error no such method
  await methods.moviesGet()
  // @ts-expect-error a parameter is missing
  await methods.movieYearTitleGet({ year: 1995 })
  // @ts-expect-error parameters are missing
  await methods.movieYearTitleGet()
  // @ts-expect-error a parameter that is none
  await methods.movieListGet({ limits: 3 })
  // @ts-expect-error a method without parameters
  await methods.rootGet({ limit: 3 })
  // @ts-expect-error a body without its title
  await methods.moviePost({}, { year: 1995 })
  // @ts-expect-error the body is missing
  await methods.moviePost({})
  // @ts-expect-error a document that is still a text
  methodsOf(client, '{}')
}
