// A server that answers with given bytes, for answers that the gateway does not make: compressed,
// binary, with repeated or no headers, truncated.

import { once } from 'node:events'
import { createServer } from 'node:net'

/** Head and body of an answer; `content-length` is added unless `headers` frame the body otherwise. */
export function answer(status, headers = [], body = '', reason = 'Custom Reason') {
  const bytes = Buffer.from(body)
  const framed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
  const lines = framed ? headers : [...headers, ['Content-Length', bytes.length]]
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes])
}

export async function startScripted() {
  let answers = []
  let requests = []
  const sockets = new Set()
  const server = createServer((socket) => {
    sockets.add(socket)
    let received = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const request = parse(received)
      if (!request) return
      received = Buffer.alloc(0)
      requests.push(request)
      // The last answer is given to whatever follows.
      socket.end(answers.length > 1 ? answers.shift() : answers[0])
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    answer: (list) => {
      answers = [...list]
    },
    reset: () => {
      requests = []
    },
    requests: () => requests,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** The request in the form of the gateway's record, once it is complete. */
function parse(received) {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first, ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const [method, target] = first.split(' ')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0)
  const body = received.subarray(end + 4)
  if (body.length < length) return undefined
  return {
    method,
    target,
    headers,
    bodyBase64: body.toString('base64'),
    bodyLength: body.length,
    verdict: { ok: true, by: 'none' },
  }
}
