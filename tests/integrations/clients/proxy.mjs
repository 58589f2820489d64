// What cannot sign sends through `gatesign proxy`: a client of OpenSearch, an SDK that knows no AWS, a page. (curl is in
// tests/cli/proxy.test.mjs.)

import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { Client as OpenSearch } from '@opensearch-project/opensearch'
import OpenAI from 'openai'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'
import { startServer } from '../../lib/server-process.mjs'
import { statusOf } from '../lib/checks.mjs'
import { openUrl, startSite } from '../lib/page.mjs'
import { startModel, startOpenSearch } from '../lib/search-server.mjs'

const CLI = fileURLToPath(new URL('../../../pkg/cli.mjs', import.meta.url))

/** The proxy in front of a server of this machine, while `use` runs with its URL. */
async function throughProxy(url, args, use, secretKey = LONG_LIVED.secretKey) {
  const options = ['proxy', '--port', '0', '--host', new URL(url).host, '--region', REGION, ...args]
  const proxy = await startServer('gatesign proxy', process.execPath, [CLI, ...options], {
    ...{ address: /Signing proxy\s+(http:\S+)\//, from: 'stdout' },
    env: {
      AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_SESSION_TOKEN: '',
    },
  })
  try {
    await use(proxy.url)
  } finally {
    await proxy.stop()
  }
}

/** Calls that a server has verified, and one with a wrong secret key, which it has refused. */
async function verified(checks, server, service, { call, once }) {
  try {
    await checks.check('calls', () => throughProxy(server.url, ['--service', service], call))
    await checks.check('all were verified', () => {
      const refusals = server.arrived.map(({ refusal }) => refusal ?? 'none')
      assert.ok(refusals.length > 1 && refusals.every((refusal) => refusal === 'none'), `${refusals}`)
    })
    await checks.check('a wrong secret key is refused', () =>
      throughProxy(
        server.url,
        ['--service', service],
        async (url) => {
          assert.equal(await statusOf(once(url)), 403)
          assert.equal(server.arrived.at(-1).refusal, 'another signature')
        },
        'not-the-right-secret',
      ),
    )
  } finally {
    server.stop()
  }
}

export const rows = [
  {
    id: 'proxy-opensearch',
    name: 'OpenSearch client',
    packages: ['@opensearch-project/opensearch'],
    how: 'through `gatesign proxy --service es`, against a server that answers as OpenSearch does',
    run: async (checks) =>
      verified(checks, await startOpenSearch(), 'es', {
        async call(node) {
          const client = new OpenSearch({ node })
          const index = 'movies'
          const title = 'Das Boot – ü/1'
          const { body } = await client.index({ index, id: title, body: { title } })
          assert.deepEqual([body._id, body.result], [title, 'created'])
          const flow = [{ index: { _index: index, _id: '2' } }, { title: 'Flow' }]
          assert.equal((await client.bulk({ index, body: flow })).body.items[0].index.status, 201)
          const found = await client.search({ index, body: { query: { match: { title: 'ü' } } } })
          assert.deepEqual(
            found.body.hits.hits.map(({ _source }) => _source.title),
            [title],
          )
          await client.close()
        },
        once: (node) => new OpenSearch({ node, maxRetries: 0 }).search({ index: 'movies', body: {} }),
      }),
  },
  {
    id: 'proxy-openai',
    name: 'OpenAI SDK',
    packages: ['openai'],
    how: 'through `gatesign proxy --service bedrock`: an answer in one piece, and one in events',
    run: async (checks) => {
      // The key that the SDK insists on is taken out by the proxy.
      const create = (url) => new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: 'unused', maxRetries: 0 })
      const asked = { model: 'a', messages: [{ role: 'user', content: 'Das Boot – ü' }] }
      await verified(checks, await startModel(), 'bedrock', {
        async call(url) {
          const { completions } = create(url).chat
          assert.equal((await completions.create(asked)).choices[0].message.content, 'Das Boot – ü')
          const pieces = []
          for await (const event of await completions.create({ ...asked, stream: true }))
            pieces.push(event.choices[0].delta.content)
          assert.deepEqual(pieces, ['Das', ' Boot', ' –', ' ü'])
        },
        once: (url) => create(url).chat.completions.create(asked),
      })
    },
  },
  {
    id: 'proxy-page',
    name: 'A page without the package',
    packages: [],
    how: 'plain `fetch` in Chromium, through `gatesign proxy --allow-origin`',
    async run(checks) {
      const site = await startSite(`
        const show = (text) => { document.querySelector('#root').textContent = text }
        const movie = { method: 'POST', body: '{"year":2024,"title":"Flow","info":{}}' }
        movie.headers = { 'content-type': 'application/json' }
        const added = await fetch(location.hash.slice(1) + '/stage/movie', movie).catch((error) => show(String(error)))
        if (added) show((await added.json()).Item.title)
      `)
      const shown = async (proxy) => {
        const { textOf, close } = await openUrl(`${site.url}/#${proxy}`)
        try {
          return await textOf('#root')
        } finally {
          await close()
        }
      }
      try {
        await checks.signed('a page whose origin is allowed', () =>
          throughProxy(checks.url, ['--allow-origin', site.url], async (proxy) => {
            assert.equal(await shown(proxy), 'Flow')
          }),
        )
        await checks.check('any other page is refused', async () => {
          await checks.gateway.reset()
          await throughProxy(checks.url, [], async (proxy) => {
            assert.match(await shown(proxy), /^TypeError: /)
          })
          assert.deepEqual(await checks.gateway.requests(), [])
        })
      } finally {
        site.stop()
      }
    },
  },
]
