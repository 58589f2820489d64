// SOCKS 5 (RFC 1928, and RFC 1929 for a user name): what `ssh -D` offers into a VPC.

import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { Failure } from '../files.ts'
import type { Address } from './connect.ts'
import type { Intermediary } from './proxy.ts'

/** curl's exit code for a proxy's handshake. */
const HANDSHAKE = 97

const REPLIES = [
  'succeeded',
  'general failure',
  'not allowed by its rules',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
]

export async function throughSocks(
  socket: Socket,
  proxy: Intermediary,
  target: Address,
  signal: AbortSignal,
): Promise<Socket> {
  const abort = () => socket.destroy(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    const read = reader(socket)
    await greet(socket, proxy, read)
    // socks5 looks the name up here, socks5h lets the proxy do it.
    const host = proxy.scheme === 'socks5' ? (await lookup(target.host)).address : target.host
    socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(host), portBytes(target.port)]))
    const [, reply = 1, , kind = 0] = await read(4)
    if (reply !== 0)
      throw new Failure(HANDSHAKE, `the proxy ${proxy.host}: ${REPLIES[reply] ?? `reply ${reply}`}`)
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0)
    await read(length + 2)
    return socket
  } catch (error) {
    socket.destroy()
    throw error instanceof Failure || signal.aborted
      ? error
      : new Failure(HANDSHAKE, `the proxy ${proxy.host}: ${(error as Error).message}`)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

type Read = (size: number) => Promise<Buffer>

async function greet(socket: Socket, { host, user }: Intermediary, read: Read) {
  const methods = user === '' ? [0] : [0, 2]
  socket.write(Buffer.from([5, methods.length, ...methods]))
  const [version, method] = await read(2)
  if (version !== 5) throw new Failure(HANDSHAKE, `the proxy ${host} does not speak SOCKS 5`)
  if (method === 0) return
  if (method !== 2 || user === '')
    throw new Failure(HANDSHAKE, `the proxy ${host} asks for a user name (-U USER:PASS)`)
  const at = user.indexOf(':')
  const fields = [user.slice(0, at), user.slice(at + 1)].map((text) => Buffer.from(text).subarray(0, 255))
  socket.write(
    Buffer.concat([Buffer.from([1]), ...fields.flatMap((field) => [Buffer.from([field.length]), field])]),
  )
  const [, status] = await read(2)
  if (status !== 0) throw new Failure(HANDSHAKE, `the proxy ${host} refuses the user name`)
}

function addressBytes(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)])
  const name = Buffer.from(host)
  if (name.length > 255) throw new Failure(HANDSHAKE, 'the host name is too long for SOCKS 5')
  return Buffer.from([3, name.length, ...name])
}

const portBytes = (port: number) => Buffer.from([port >> 8, port & 255])

/** Reads this many bytes and leaves the rest in the socket. */
function reader(socket: Socket): Read {
  return async (size) => {
    for (;;) {
      const bytes: Buffer | null = socket.read(size)
      if (bytes) return bytes
      await new Promise<void>((resolve, reject) => {
        const done = (error?: Error) => {
          socket.off('readable', readable).off('error', done).off('end', ended).off('close', ended)
          if (error) reject(error)
          else resolve()
        }
        const readable = () => done()
        const ended = () => done(new Error('it closed the connection'))
        socket.once('readable', readable).once('error', done).once('end', ended).once('close', ended)
      })
    }
  }
}
