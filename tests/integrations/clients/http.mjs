// HTTP clients: axios, ky, ofetch, got, undici.

import assert from 'node:assert/strict'
import axios from 'axios'
import { axiosInterceptor } from 'gatesign/axios'
import { undiciInterceptor } from 'gatesign/undici'
import got from 'got'
import ky from 'ky'
import { ofetch } from 'ofetch'
import { Agent, interceptors, request, FormData as UndiciFormData, fetch as undiciFetch } from 'undici'
import { sendBodies } from '../lib/bodies.mjs'
import { statusOf } from '../lib/checks.mjs'

const MOVIE = { year: 2024, title: 'Flow', info: { rating: 8 } }

/** What every axios instance does, however it is set up. */
async function callWithAxios(checks, instance, wrong) {
  await checks.signed('GET with a query', async () => {
    const { data } = await instance.get('/movie_list', {
      params: { format: 'dynamodb', q: 'a b+c', list: [1, 2] },
    })
    assert.ok(data.Items.length > 0)
  })
  await checks.signed('POST of an object', async () => {
    const { status, data } = await instance.post('/movie', MOVIE)
    assert.deepEqual([status, data.Item.title], [201, 'Flow'])
  })
  await checks.refused(() => statusOf(wrong.get('/movie_list')))
  await sendBodies(checks, async (url, body, headers) => {
    // In Node axios's fetch adapter takes a body that has a type of its own for a form of a page, whoever sends it.
    const hasType =
      instance.defaults.adapter === 'fetch' && (body instanceof FormData || body instanceof Blob)
    return (await instance.post(url, body, { headers: hasType ? { 'content-type': false } : headers })).data
  })
}

const withInterceptor = (client, config) => {
  const instance = axios.create(config)
  instance.interceptors.request.use(axiosInterceptor(client, instance))
  return instance
}

/** undici's fetch takes a form of its own class for one, and any other for a text. */
function ownForm(body) {
  if (!(body instanceof FormData)) return body
  const own = new UndiciFormData()
  for (const [name, value] of body) own.append(name, value)
  return own
}

export const rows = [
  {
    id: 'axios-fetch',
    name: 'axios',
    packages: ['axios'],
    how: 'its fetch adapter, `env: { fetch: client.fetch }`',
    async run(checks) {
      const create = (client) =>
        axios.create({ baseURL: checks.url, adapter: 'fetch', env: { fetch: client.fetch } })
      await callWithAxios(checks, create(checks.client), create(checks.wrong))
    },
  },
  {
    id: 'axios-interceptor',
    name: 'axios',
    packages: ['axios'],
    how: '`gatesign/axios`, with its http adapter',
    async run(checks) {
      const instance = withInterceptor(checks.client, { baseURL: checks.url })
      await callWithAxios(checks, instance, withInterceptor(checks.wrong, { baseURL: checks.url }))
      await checks.signed('postForm, and forms of the package form-data', async () => {
        const { default: LegacyForm } = await import('form-data')
        const form = new LegacyForm()
        form.append('title', 'Flow')
        for (const sent of [instance.postForm('/echo', { title: 'Flow' }), instance.post('/echo', form)]) {
          const { data } = await sent
          const body = Buffer.from(data.bodyBase64, 'base64').toString()
          assert.match(body, /name="title"\r\n\r\nFlow\r\n/)
        }
      })
      await checks.signed('a request without a body', async () => {
        await instance.post('/echo')
        await instance.delete('/echo')
      })
      await checks.signed('an interceptor that was added later', async () => {
        const other = withInterceptor(checks.client, { baseURL: checks.url })
        other.interceptors.request.use((config) => {
          config.headers['x-tenant'] = 'a'
          return config
        })
        const { data } = await other.get('/echo')
        assert.ok(data.headers.some(([name, value]) => name.toLowerCase() === 'x-tenant' && value === 'a'))
      })
      await checks.check('a URL elsewhere, and auth', async () => {
        await assert.rejects(instance.get('http://127.0.0.1:1/x'), /invokeUrl's origin/)
        await assert.rejects(
          instance.get('/movie_list', { auth: { username: 'a', password: 'b' } }),
          /auth must not/,
        )
      })
      await checks.check('a redirect is not followed', async () => {
        await checks.gateway.reset()
        await checks.gateway.fault({ action: { type: 'redirect', location: `${checks.url}/open/echo` } })
        assert.equal(await statusOf(instance.get('/movie_list')), 302)
        assert.equal((await checks.gateway.requests()).length, 1)
      })
    },
  },
  {
    id: 'ky',
    name: 'ky',
    packages: ['ky'],
    how: '`fetch: client.fetch`',
    async run(checks) {
      const create = (client) => ky.create({ prefix: checks.url, fetch: client.fetch, retry: 0 })
      const api = create(checks.client)
      await checks.signed('GET with a query', async () => {
        const { Items } = await api('movie_list', { searchParams: { q: 'a b+c' } }).json()
        assert.ok(Items.length > 0)
      })
      await checks.signed('POST of an object', async () => {
        assert.equal((await api.post('movie', { json: MOVIE }).json()).Item.title, 'Flow')
      })
      await checks.refused(() => statusOf(create(checks.wrong)('movie_list')))
      const plain = ky.create({ fetch: checks.client.fetch, retry: 0 })
      await sendBodies(checks, (url, body, headers) =>
        plain.post(url, { body, headers, duplex: 'half' }).json(),
      )
    },
  },
  {
    id: 'ofetch',
    name: 'ofetch',
    packages: ['ofetch'],
    how: '`createFetch({ fetch: client.fetch })`',
    async run(checks) {
      const { createFetch } = await import('ofetch')
      const create = (client) =>
        createFetch({ fetch: client.fetch, defaults: { baseURL: checks.url, retry: 0 } })
      const api = create(checks.client)
      await checks.signed('GET with a query', async () => {
        assert.ok((await api('/movie_list', { query: { q: 'a b+c' } })).Items.length > 0)
      })
      await checks.signed('POST of an object', async () => {
        assert.equal((await api('/movie', { method: 'POST', body: MOVIE })).Item.title, 'Flow')
      })
      await checks.refused(() => statusOf(create(checks.wrong)('/movie_list')))
      assert.equal(typeof ofetch, 'function')
      const plain = createFetch({ fetch: checks.client.fetch, defaults: { retry: 0 } })
      await sendBodies(checks, (url, body, headers) => plain(url, { method: 'POST', body, headers }))
    },
  },
  {
    id: 'got',
    name: 'got',
    packages: ['got'],
    how: 'a hook `beforeRequest` with `client.sign`',
    async run(checks) {
      const create = (client) =>
        got.extend({
          followRedirect: false,
          retry: { limit: 0 },
          hooks: {
            beforeRequest: [
              async (options) => {
                const { method, headers, body } = options
                const signed = await client.sign(options.url, { method, headers, body })
                options.headers = { ...headers, ...signed.headers }
                if (signed.body !== undefined) options.body = signed.body
              },
            ],
          },
        })
      const api = create(checks.client)
      await checks.signed('GET with a query', async () => {
        const { Items } = await api(`${checks.url}/movie_list`, { searchParams: { q: 'a b+c' } }).json()
        assert.ok(Items.length > 0)
      })
      await checks.signed('POST of an object', async () => {
        assert.equal((await api.post(`${checks.url}/movie`, { json: MOVIE }).json()).Item.title, 'Flow')
      })
      await checks.refused(() => statusOf(create(checks.wrong)(`${checks.url}/movie_list`)))
      await sendBodies(
        checks,
        (url, body, headers) => api.post(url, { body, headers }).json(),
        // got refuses these itself.
        { without: ['URLSearchParams', 'Blob', 'a stream of the Web'] },
      )
    },
  },
  {
    id: 'undici',
    name: 'undici',
    packages: ['undici'],
    how: '`gatesign/undici`, in `dispatcher.compose`',
    async run(checks) {
      const agents = []
      const create = (client, ...more) => {
        const agent = new Agent()
        agents.push(agent)
        return agent.compose(undiciInterceptor(client), ...more)
      }
      const dispatcher = create(checks.client)
      await checks.signed('request, with a query', async () => {
        const { body } = await request(`${checks.url}/movie_list`, {
          dispatcher,
          query: { q: 'a b+c', list: [1, 2] },
        })
        assert.ok((await body.json()).Items.length > 0)
      })
      await checks.signed('fetch', async () => {
        const init = {
          method: 'POST',
          dispatcher,
          body: JSON.stringify(MOVIE),
          headers: { 'content-type': 'application/json' },
        }
        const response = await undiciFetch(`${checks.url}/movie`, init)
        assert.equal((await response.json()).Item.title, 'Flow')
      })
      await checks.signed('headers of each form', async () => {
        for (const headers of [
          { 'x-a': ['1', '2'], 'x-b': '3' },
          ['x-a', '1', 'x-a', '2', 'x-b', '3'],
          new Map([
            ['x-a', '1, 2'],
            ['x-b', '3'],
          ]),
          [
            ['x-a', '1'],
            ['x-a', '2'],
            ['x-b', '3'],
          ],
        ]) {
          const { body } = await request(`${checks.url}/echo`, { dispatcher, headers })
          const echo = Object.fromEntries((await body.json()).headers.map(([n, v]) => [n.toLowerCase(), v]))
          assert.deepEqual([echo['x-a'], echo['x-b']], ['1, 2', '3'])
        }
      })
      await checks.refused(() =>
        statusOf(request(`${checks.url}/movie_list`, { dispatcher: create(checks.wrong) })),
      )
      await checks.check('each attempt of retry is signed', async () => {
        await checks.gateway.reset()
        await checks.gateway.fault({ times: 2, action: { type: 'status', status: 503 } })
        const retrying = create(checks.client, interceptors.retry({ minTimeout: 10, maxRetries: 3 }))
        const { statusCode } = await request(`${checks.url}/movie_list`, { dispatcher: retrying })
        assert.equal(statusCode, 200)
        const verdicts = (await checks.gateway.requests()).map(({ verdict }) => verdict.ok)
        assert.deepEqual(verdicts, [true, true, true])
      })
      await checks.check('a URL elsewhere, also by a redirect', async () => {
        await assert.rejects(request('http://127.0.0.1:1/x', { dispatcher }), /invokeUrl's origin/)
        await checks.gateway.reset()
        await checks.gateway.fault({ action: { type: 'redirect', location: 'http://127.0.0.1:1/x' } })
        const following = create(checks.client, interceptors.redirect({ maxRedirections: 2 }))
        await assert.rejects(
          request(`${checks.url}/movie_list`, { dispatcher: following }),
          /invokeUrl's origin/,
        )
      })
      await sendBodies(
        checks,
        async (url, body, headers) =>
          (await request(url, { method: 'POST', dispatcher, body, headers })).body.json(),
        // undici's request takes no URLSearchParams.
        { by: 'request', without: ['URLSearchParams'] },
      )
      await sendBodies(
        checks,
        async (url, body, headers) => {
          const init = { method: 'POST', dispatcher, body: ownForm(body), headers, duplex: 'half' }
          return (await undiciFetch(url, init)).json()
        },
        { by: 'fetch' },
      )
      await Promise.all(agents.map((agent) => agent.close()))
    },
  },
]
