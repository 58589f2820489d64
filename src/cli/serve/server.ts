// The server of the tester and, if enabled, of the forwarder.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { shownLine } from '../shown.ts'
import { type Files, HEADERS, listFiles, policyOf, sendFile } from './files.ts'
import { forward, LIMITS, type Limits, Refused } from './forward.ts'
import { isOwnHost, isOwnSite, whyNotOwnPage } from './guard.ts'
import { Profiles } from './profiles.ts'

/** The maximum number of requests that are forwarded at the same time. */
const MOST_AT_ONCE = 32

/** Headers of answers that are not files. */
const PLAIN = {
  ...HEADERS,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
}

export interface TesterOptions {
  /** The folder of the tester's files. */
  folder: string
  /** The hosts that the forwarder may send to; without hosts there is no forwarder. */
  allowed: string[]
  log: (line: string) => void
  /** The profiles whose temporary credentials the page may get. */
  profiles?: string[]
  limits?: Partial<Limits>
  /** The page's config.json, instead of the folder's. */
  config?: object
}

interface Forwarder {
  allowed: string[]
  token: string
  log: (line: string) => void
  limits: Limits
  /** The requests that are being forwarded. */
  running: number
}

/** @returns a function that creates servers which share everything but the address */
export function tester(options: TesterOptions): () => Server {
  const { folder, allowed, log, limits } = options
  const files = listFiles(folder)
  const policy = policyOf(files)
  const token = randomBytes(32).toString('base64url')
  const forwarder: Forwarder = {
    allowed,
    token,
    log: (line) => log(shownLine(line)),
    limits: { ...LIMITS, ...limits },
    running: 0,
  }
  const profiles = new Profiles(options.profiles ?? [])
  const config = configOf(options.config ?? readConfig(files), allowed, profiles.names, token)

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (!isOwnHost(request)) throw new Refused(421, 'this server answers only to its own address')
    const [path = ''] = (request.url ?? '').split('?')
    if (path === '/forward') return await forwardOne(request, response, forwarder)
    if (path.startsWith('/profiles/')) return await answerOf(profiles, request, response, forwarder)
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'GET and HEAD only')
    if (path === '/config.json') {
      // The file contains the token.
      if (!isOwnSite(request)) throw new Refused(403, 'only the page of this server may read this')
      response.writeHead(200, { ...PLAIN, 'content-type': 'application/json' })
      return response.end(request.method === 'HEAD' ? undefined : config)
    }
    const found = files.get(path)
    if (!found) throw new Refused(404, 'there is no such file')
    await sendFile(request, response, found, policy)
  }

  // The interval at which Node looks for uploads that have stopped in the middle, to end them.
  const { idle } = forwarder.limits
  const timeouts = { requestTimeout: idle, connectionsCheckingInterval: Math.min(idle, 30_000) }
  return () =>
    createServer(timeouts, (request, response) => {
      answer(request, response).catch((error) => refuse(response, error))
    })
}

async function forwardOne(request: IncomingMessage, response: ServerResponse, forwarder: Forwarder) {
  const { allowed, token, limits, log } = forwarder
  if (allowed.length === 0)
    throw new Refused(404, 'the forwarder is off: start gatesign serve with --forward HOST')
  if (request.method !== 'POST') throw new Refused(405, 'POST only')
  const refusal = whyNotOwnPage(request, token)
  if (refusal) throw new Refused(403, refusal)
  if (forwarder.running >= MOST_AT_ONCE) throw new Refused(503, 'too many requests are forwarded at once')
  forwarder.running++
  try {
    for (const [name, value] of Object.entries(PLAIN)) response.setHeader(name, value)
    await forward(request, response, allowed, limits, log)
  } finally {
    forwarder.running--
  }
}

/** Answers requests about profiles, which are allowed under the same conditions as those for the forwarder. */
async function answerOf(
  profiles: Profiles,
  request: IncomingMessage,
  response: ServerResponse,
  { token, log }: Forwarder,
) {
  if (profiles.names.length === 0)
    throw new Refused(404, 'there are no profiles: start gatesign serve with --profile NAME')
  if (request.method !== 'POST') throw new Refused(405, 'POST only')
  const refusal = whyNotOwnPage(request, token)
  if (refusal) throw new Refused(403, refusal)
  const path = request.url?.slice('/profiles/'.length) ?? ''
  const answer = await profiles.answer(path, request)
  if ('profile' in answer) log(`credentials of the profile ${answer.profile}`)
  response.writeHead(200, { ...PLAIN, 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}

function readConfig(files: Files): object {
  const file = files.get('/config.json')?.file
  return file ? JSON.parse(readFileSync(file, 'utf8')) : { version: 1 }
}

/** The page's config.json, with the information about the forwarder and the profiles. */
function configOf(config: object, allowed: string[], names: string[], token: string): string {
  const forwarder = allowed.length > 0 ? { hosts: allowed, token } : { hosts: [] }
  const profiles = names.length > 0 ? { names, token } : { names }
  return JSON.stringify({ ...config, forwarder, profiles })
}

function refuse(response: ServerResponse, error: unknown) {
  if (response.headersSent || response.destroyed) return response.destroy()
  const { status, message, code } =
    error instanceof Refused ? error : { status: 500, message: 'gatesign serve failed', code: undefined }
  response.writeHead(status, { ...PLAIN, 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message, code } }))
}
