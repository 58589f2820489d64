// `gatesign serve` as a process of its own, and requests to it with whatever headers a test gives them.

import { once } from 'node:events'
import { request as open } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { importSource } from '../../xtask/sources.mjs'
import { startServer } from './server-process.mjs'

const { MEDIA_TYPE, TOKEN_HEADER } = await importSource('src/cli/serve/protocol.ts')

export const CLI = fileURLToPath(new URL('../../pkg/cli.mjs', import.meta.url))

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export async function startServe(args, env) {
  const options = { address: /Web tester\s+(http:\S+)\//, from: 'stdout', env }
  return await startServer(
    'gatesign serve',
    process.execPath,
    [CLI, 'serve', '--port', '0', ...args],
    options,
  )
}

/**
 * One request, byte for byte as given; unlike fetch, any header and any path.
 *
 * @param {string} url whose origin is connected to
 * @param {{ method?: string, path?: string, headers?: Record<string, string>, body?: string | Buffer }} [options]
 */
export async function ask(url, { method = 'GET', path = '/', headers = {}, body } = {}) {
  const { hostname, port } = new URL(url)
  const setHost = headers.host === undefined
  const options = { hostname: hostname.replace(/[[\]]/g, ''), port, method, path, headers, setHost }
  const sent = open({ ...options, agent: false })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

/** The page's side of the forwarder: its token, and requests with all that a browser adds to them. */
export async function forwarderOf(url) {
  const { forwarder } = JSON.parse((await ask(url, { path: '/config.json' })).body)
  const headers = {
    origin: url,
    'sec-fetch-site': 'same-origin',
    'content-type': MEDIA_TYPE,
    [TOKEN_HEADER]: forwarder.token,
    'user-agent': 'Browser/1.0',
    'accept-language': 'en',
    cookie: 'session=of-another-page',
  }
  /** @param {{ method?: string, url: string, headers?: object, body?: Buffer | string | null }} request */
  const send = async ({ method = 'GET', url: to, headers: own = {}, body }, changed = {}) => {
    const line = JSON.stringify({ method, url: to, headers: Object.entries(own) })
    const bytes = Buffer.concat([Buffer.from(`${line}\n`), Buffer.from(body ?? '')])
    const all = Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined)
    const answer = await ask(url, {
      method: 'POST',
      path: '/forward',
      headers: Object.fromEntries(all),
      body: bytes,
    })
    if (answer.status !== 200) return { refused: answer.status, ...JSON.parse(answer.body).error }
    const end = answer.body.indexOf('\n')
    return {
      ...JSON.parse(answer.body.subarray(0, end)),
      body: answer.body.subarray(end + 1),
      outer: answer.headers,
    }
  }
  return { ...forwarder, send }
}
