// Frameworks: each builds its project, starts its own server, and is called.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { LONG_LIVED } from '../../lib/gateway.mjs'
import { freePort } from '../../lib/server-process.mjs'
import { frameworks, listening, startNode } from '../lib/apps.mjs'
import { sendBodiesInPage } from '../lib/bodies.mjs'
import { openUrl } from '../lib/page.mjs'

const project = frameworks
const { appOf, startTool, tool } = frameworks

const variables = (checks, port) => ({
  INVOKE_URL: checks.url,
  ACCESS_KEY: LONG_LIVED.accessKey,
  SECRET_KEY: LONG_LIVED.secretKey,
  HOST: '127.0.0.1',
  PORT: String(port),
  NEXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
})

/** What a page of `url` shows in Chromium, once it has loaded. */
async function inPage(url, look) {
  const opened = await openUrl(url)
  try {
    await look(opened)
    assert.deepEqual(opened.errors, [])
  } finally {
    await opened.close()
  }
}

async function getText(url) {
  const response = await fetch(url)
  const text = await response.text()
  assert.equal(response.status, 200, text.slice(0, 500))
  return text
}

/** Builds a project, starts what was built, and calls it until `call` is done. */
async function served(checks, name, { types, build, start, call }) {
  const folder = await appOf(name)
  if (types) await checks.check('its types', () => types(folder), 900_000)
  const port = await freePort()
  const env = variables(checks, port)
  await checks.check(
    `${build[0].split('/').at(-1)} build`,
    () => tool(build[0], build.slice(1), folder, env),
    900_000,
  )
  if (checks.failed.length > 0) return
  const server = start(folder, env, port)
  try {
    const url = `http://127.0.0.1:${port}`
    await listening(url, server)
    await call(url)
  } finally {
    server.kill()
  }
}

/**
 * Calls the pages that every project has: `/` is made by the server, `/client` by the page itself.
 *
 * @param {Record<string, string>} routes further ones by what they are, which answer with how many movies there are
 */
async function callPages(checks, url, routes) {
  await checks.signed('a page that the server makes', async () => {
    // React and Vue put comments between texts.
    const html = (await getText(url)).replaceAll(/<!--.*?-->/g, '')
    assert.match(html, /<p [^>]*id="movies"[^>]*>[1-9]\d* movies<\/p>/)
  })
  for (const [name, path] of Object.entries(routes)) {
    await checks.signed(name, async () => assert.ok(JSON.parse(await getText(`${url}${path}`)).movies > 0))
  }
  await checks.signed('a page that calls for itself', () =>
    inPage(`${url}/client`, async ({ textOf }) => {
      assert.match(await textOf('#movies'), /^[1-9]\d* movies$/)
    }),
  )
}

export const rows = [
  {
    id: 'next',
    name: 'Next.js',
    packages: ['next', 'react'],
    how: 'a server component, a client component in Chromium, a Node route and an edge route; Turbopack',
    run: (checks) =>
      served(checks, 'next', {
        build: ['next/dist/bin/next', 'build'],
        start: (folder, env, port) =>
          startTool('next/dist/bin/next', ['start', '--port', String(port)], folder, env),
        call: (url) => callPages(checks, url, { 'a Node route': '/api/node', 'an edge route': '/api/edge' }),
      }),
  },
  {
    id: 'react-router',
    name: 'React Router',
    packages: ['react-router', '@react-router/dev', 'react', 'vite'],
    how: 'framework mode: a `loader`, a `clientLoader` in Chromium, a resource route. (Its newest version whose server, `@react-router/serve`, is published)',
    run: (checks) =>
      served(checks, 'react-router', {
        async types(folder) {
          await tool('@react-router/dev/bin.cjs', ['typegen'], folder)
          await tool('typescript/bin/tsc', [], folder)
        },
        build: ['@react-router/dev/bin.cjs', 'build'],
        start: (folder, env) =>
          startTool('@react-router/serve/bin.cjs', ['build/server/index.js'], folder, env),
        call: (url) => callPages(checks, url, { 'a resource route': '/api' }),
      }),
  },
  {
    id: 'sveltekit',
    name: 'SvelteKit',
    packages: ['@sveltejs/kit', '@sveltejs/adapter-node', 'svelte', 'vite'],
    how: "a server's `load`, a component in Chromium, an endpoint",
    run: (checks) =>
      served(checks, 'sveltekit', {
        build: ['vite/bin/vite.js', 'build'],
        start: (folder, env) => startNode(join(folder, 'build/index.js'), [], folder, env),
        call: (url) => callPages(checks, url, { 'an endpoint': '/api' }),
      }),
  },
  {
    id: 'nuxt',
    name: 'Nuxt',
    packages: ['nuxt', 'vue', 'vite'],
    how: "a page of the server with `useFetch`, a component in Chromium, Nitro's route. (Nuxt 4.5.2 does not build its own pages with Vite 8.4.0, so the frameworks have 8.3.8)",
    run: (checks) =>
      served(checks, 'nuxt', {
        build: ['nuxt/bin/nuxt.mjs', 'build'],
        start: (folder, env) =>
          startNode(join(folder, '.output/server/index.mjs'), [], folder, {
            ...env,
            NUXT_INVOKE_URL: env.INVOKE_URL,
            NUXT_ACCESS_KEY: env.ACCESS_KEY,
            NUXT_SECRET_KEY: env.SECRET_KEY,
          }),
        call: (url) => callPages(checks, url, { "Nitro's route": '/api/movies' }),
      }),
  },
  {
    id: 'astro',
    name: 'Astro',
    packages: ['astro', '@astrojs/node'],
    how: 'a page of the server, a script in Chromium, an endpoint',
    run: (checks) =>
      served(checks, 'astro', {
        build: ['astro/bin/astro.mjs', 'build'],
        start: (folder, env) => startNode(join(folder, 'dist/server/entry.mjs'), [], folder, env),
        call: (url) => callPages(checks, url, { 'an endpoint': '/api' }),
      }),
  },
  {
    id: 'angular',
    name: 'Angular',
    packages: ['@angular/core', '@angular/build', '@angular/ssr'],
    how: 'a component of the server, a route of its own, `HttpClient` in Chromium with an interceptor; forms, bytes, a Blob and a compressed body. (22.2.0: `@angular/platform-server` has no newer one)',
    run: (checks) =>
      served(checks, 'angular', {
        build: ['@angular/cli/bin/ng.js', 'build'],
        start: (folder, env) => startNode(join(folder, 'dist/movies/server/server.mjs'), [], folder, env),
        call: async (url) => {
          await callPages(checks, url, { 'a route of its own': '/api' })
          await inPage(`${url}/client`, async ({ page, textOf }) => {
            await textOf('#movies')
            await sendBodiesInPage(checks, page)
            await checks.check('a redirect is not followed', async () => {
              await checks.gateway.reset()
              await checks.gateway.fault({
                action: { type: 'redirect', location: `${checks.url}/open/echo` },
              })
              await assert.rejects(page.evaluate((url) => send(url, '{}', {}), `${checks.url}/echo`))
              const posts = (await checks.gateway.requests()).filter(({ method }) => method !== 'OPTIONS')
              assert.equal(posts.length, 1)
            })
          })
        },
      }),
  },
].map((row) => ({ ...row, project }))
