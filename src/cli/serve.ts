// `gatesign serve`: serves the web tester on this machine.

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { readAllowed } from './serve/allowed.ts'
import { readProfiles } from './serve/profiles.ts'
import { tester } from './serve/server.ts'

const DEFAULT_PORT = '8082'

/** @returns the exit code after an interrupt */
export async function serve(args: Arguments): Promise<number> {
  const port = portOf(args.text('port') ?? DEFAULT_PORT)
  const allowed = readAllowed(args.all('forward').map(({ value }) => value))
  const profiles = readProfiles(args.all('profile').map(({ value }) => value))
  const folder = fileURLToPath(new URL('tester', import.meta.url))
  const log = args.has('silent') ? () => {} : (line: string) => console.error(line)
  const make = tester({ folder, allowed, profiles, log })
  const server = await listen(make(), '127.0.0.1', port)
  const servers = [server]
  const bound = (server.address() as AddressInfo).port
  if (args.has('ipv6')) servers.push(await listen(make(), '::1', bound))
  const interrupted = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  console.log(`Web tester   http://127.0.0.1:${bound}/`)
  if (args.has('ipv6')) console.log(`             http://[::1]:${bound}/`)
  console.log(`Forwarder    ${allowed.length > 0 ? `to ${allowed.join(', ')}` : 'off (--forward HOST)'}`)
  const offered =
    profiles.length > 0 ? `${profiles.join(', ')} (temporary credentials only)` : 'none (--profile NAME)'
  console.log(`Profiles     ${offered}`)
  console.log('\nPress Ctrl+C to stop.')
  await interrupted
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  return 0
}

export function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new Usage(`--port takes 0 to 65535, not ${JSON.stringify(text)}`)
  return port
}

export async function listen(server: Server, host: string, port: number): Promise<Server> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? `port ${port} is taken` : `port ${port}: ${message}`
    throw new Error(`${why}: choose another one with --port (0 picks a free one)`)
  }
  return server
}
