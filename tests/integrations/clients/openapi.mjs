// Clients of an OpenAPI description, and Hono's: openapi-fetch, hey-api, orval, hc.

import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hc } from 'hono/client'
import createOpenapiClient from 'openapi-fetch'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'
import { sendBodies } from '../lib/bodies.mjs'
import { statusOf } from '../lib/checks.mjs'
import { folderOf, generate, imported } from '../lib/generated.mjs'

const fileOf = (name) => fileURLToPath(new URL(`../openapi/${name}`, import.meta.url))
const DESCRIPTION = fileOf('movies.json')
const MOVIE = { year: 2024, title: 'Das Boot – ü/1', info: { rating: 8 } }
const PATH = { year: MOVIE.year, title: MOVIE.title }

/** Both name JSON as the type of whatever they send, unless they are told that there is none. */
const typed = (headers) => ('content-type' in headers ? headers : { 'Content-Type': null })

/**
 * @param {{ list: () => any, add: () => any, find: () => any, wrong: () => any }} calls each resolves with the answer's JSON,
 *   `wrong` with the status
 */
async function callApi(checks, { list, add, find, wrong }) {
  await checks.signed('GET with a query', async () => assert.ok((await list()).Items.length > 0))
  await checks.signed('POST of an object', async () => assert.equal((await add()).Item.title, MOVIE.title))
  await checks.check('a path with parameters that are encoded', async () => {
    // Each check starts with an empty gateway: the movie is added again.
    await add()
    assert.equal((await find()).Item.title, MOVIE.title)
  })
  await checks.refused(wrong)
}

export const rows = [
  {
    id: 'openapi-fetch',
    name: 'openapi-fetch',
    packages: ['openapi-fetch'],
    how: '`fetch: client.fetch`, which gets a `Request`',
    async run(checks) {
      const create = ({ fetch }) => createOpenapiClient({ baseUrl: checks.url, fetch })
      const api = create(checks.client)
      const dataOf = async (call) => (await call).data
      await callApi(checks, {
        list: () => dataOf(api.GET('/movie_list', { params: { query: { year: 1999 } } })),
        add: () => dataOf(api.POST('/movie', { body: MOVIE })),
        find: () => dataOf(api.GET('/movie/{year}/{title}', { params: { path: PATH } })),
        wrong: async () => (await create(checks.wrong).GET('/movie_list')).response.status,
      })
      await sendBodies(checks, (_url, body, headers) =>
        dataOf(
          api.POST('/echo', {
            body,
            bodySerializer: (sent) => sent,
            headers: typed(headers),
            duplex: 'half',
          }),
        ),
      )
    },
  },
  {
    id: 'hey-api',
    name: 'Hey API (openapi-ts)',
    packages: ['@hey-api/openapi-ts'],
    how: 'generated functions, `client.setConfig({ fetch: client.fetch })`',
    async run(checks) {
      const folder = folderOf('hey-api')
      await generate(
        '@hey-api/openapi-ts/bin/run.js',
        ['--input', DESCRIPTION, '--output', 'api', '--silent'],
        folder,
      )
      const { addMovie, client, findMovie, listMovies } = await imported(folder, ['api', 'api/client.gen'])
      client.setConfig({ baseUrl: checks.url, fetch: checks.client.fetch })
      const dataOf = async (call) => (await call).data
      await callApi(checks, {
        list: () => dataOf(listMovies({ query: { year: 1999 } })),
        add: () => dataOf(addMovie({ body: MOVIE })),
        find: () => dataOf(findMovie({ path: PATH })),
        wrong: async () => (await listMovies({ fetch: checks.wrong.fetch })).response.status,
      })
      await sendBodies(checks, (_url, body, headers) =>
        dataOf(
          client.post({ url: '/echo', body, bodySerializer: null, headers: typed(headers), duplex: 'half' }),
        ),
      )
    },
  },
  {
    id: 'orval',
    name: 'orval',
    packages: ['orval'],
    how: 'generated functions, a `mutator` that calls `client.fetch`',
    async run(checks) {
      const folder = folderOf('orval')
      copyFileSync(DESCRIPTION, join(folder, 'movies.json'))
      copyFileSync(fileOf('orval-fetch.ts'), join(folder, 'orval-fetch.ts'))
      copyFileSync(fileOf('orval.config.mjs'), join(folder, 'orval.config.mjs'))
      await generate('orval/dist/bin/orval.mjs', ['--config', 'orval.config.mjs'], folder)
      const { addMovie, findMovie, listMovies, signAs } = await imported(folder, ['movies', 'orval-fetch'])
      signAs({ invokeUrl: checks.url, region: REGION, ...LONG_LIVED })
      const dataOf = async (call) => (await call).data
      await callApi(checks, {
        list: () => dataOf(listMovies({ year: 1999 })),
        add: () => dataOf(addMovie(MOVIE)),
        find: () => dataOf(findMovie(PATH.year, PATH.title)),
        async wrong() {
          signAs({ invokeUrl: checks.url, region: REGION, ...LONG_LIVED, secretKey: 'not-the-right-secret' })
          return (await listMovies()).status
        },
      })
    },
  },
  {
    id: 'hono',
    name: 'Hono (hc)',
    packages: ['hono'],
    how: '`hc(url, { fetch: client.fetch })`',
    async run(checks) {
      const create = ({ fetch }) => hc(checks.url, { fetch })
      const api = create(checks.client)
      const jsonOf = async (call) => (await call).json()
      await callApi(checks, {
        list: () => jsonOf(api.movie_list.$get({ query: { year: '1999' } })),
        add: () => jsonOf(api.movie.$post({ json: MOVIE })),
        find: () =>
          jsonOf(
            // hc itself leaves a parameter as it is.
            api.movie[':year'][':title'].$get({ param: { ...PATH, title: encodeURIComponent(PATH.title) } }),
          ),
        wrong: () => statusOf(create(checks.wrong).movie_list.$get()),
      })
      await checks.signed('body: FormData', async () => {
        const { bodyBase64 } = await jsonOf(api.echo.$post({ form: { title: MOVIE.title } }))
        assert.ok(Buffer.from(bodyBase64, 'base64').includes(`name="title"\r\n\r\n${MOVIE.title}\r\n`))
      })
    },
  },
]
