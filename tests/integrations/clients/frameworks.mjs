// Frameworks: each builds its project, starts its own server, and is called.

import assert from 'node:assert/strict'
import { LONG_LIVED } from '../../lib/gateway.mjs'
import { freePort } from '../../lib/server-process.mjs'
import { appOf, listening, startTool, tool } from '../lib/apps.mjs'
import { openUrl } from '../lib/page.mjs'

const variables = (checks) => ({
  INVOKE_URL: checks.url,
  ACCESS_KEY: LONG_LIVED.accessKey,
  SECRET_KEY: LONG_LIVED.secretKey,
  NEXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
})

/** The text of the element `#movies` of a page, in Chromium. */
async function moviesAt(url) {
  const { textOf, errors, close } = await openUrl(url)
  try {
    const text = await textOf('#movies')
    assert.deepEqual(errors, [])
    return text
  } finally {
    await close()
  }
}

async function getText(url) {
  const response = await fetch(url)
  const text = await response.text()
  assert.equal(response.status, 200, text.slice(0, 500))
  return text
}

/**
 * Calls the pages that every project has: `/` is made by the server, `/client` by the page itself.
 *
 * @param {Record<string, string>} routes further ones by what they are, which answer with how many movies there are
 */
async function callPages(checks, url, routes) {
  await checks.signed('a page that the server makes', async () => {
    assert.match(await getText(url), /<p id="movies"[^>]*>[1-9]\d* movies<\/p>/)
  })
  for (const [name, path] of Object.entries(routes)) {
    await checks.signed(name, async () => assert.ok(JSON.parse(await getText(`${url}${path}`)).movies > 0))
  }
  await checks.signed('a page that calls for itself', async () => {
    assert.match(await moviesAt(`${url}/client`), /^[1-9]\d* movies$/)
  })
}

export const rows = [
  {
    id: 'next',
    name: 'Next.js',
    packages: ['next', 'react'],
    how: 'a server component, a client component in Chromium, a Node route and an edge route; Turbopack',
    async run(checks) {
      const folder = await appOf('next')
      const env = variables(checks)
      await checks.check('next build', () => tool('next/dist/bin/next', ['build'], folder, env), 240_000)
      const port = await freePort()
      const server = startTool('next/dist/bin/next', ['start', '--port', String(port)], folder, env)
      try {
        const url = `http://127.0.0.1:${port}`
        await listening(url, server)
        await callPages(checks, url, { 'a Node route': '/api/node', 'an edge route': '/api/edge' })
      } finally {
        server.kill()
      }
    },
  },
  {
    id: 'astro',
    name: 'Astro',
    packages: ['astro', '@astrojs/node'],
    how: 'a page of the server, a script in Chromium, an endpoint',
    async run(checks) {
      const folder = await appOf('astro')
      const port = await freePort()
      const env = { ...variables(checks), HOST: '127.0.0.1', PORT: String(port) }
      await checks.check('astro build', () => tool('astro/bin/astro.mjs', ['build'], folder, env), 240_000)
      const server = startTool(`../.apps/astro/dist/server/entry.mjs`, [], folder, env)
      try {
        const url = `http://127.0.0.1:${port}`
        await listening(url, server)
        await callPages(checks, url, { 'an endpoint': '/api' })
      } finally {
        server.kill()
      }
    },
  },
]
