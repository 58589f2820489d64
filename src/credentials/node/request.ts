// One request to a metadata service. It takes no proxy and follows no redirect: what it gives is for this
// machine, and its address means something here only.

import { builtin } from './builtin.ts'

export interface Answer {
  status: number
  text: string
}

/** More than any of them answers. */
const MOST = 1024 * 1024

/**
 * @param timeout ms without a byte
 * @throws what the network says
 */
export function request(
  url: URL,
  {
    method = 'GET',
    headers = {},
    timeout,
  }: { method?: string; headers?: Record<string, string>; timeout: number },
): Promise<Answer> {
  const http = url.protocol === 'https:' ? builtin('node:https') : builtin('node:http')
  return new Promise((resolve, reject) => {
    const hostname = url.hostname.replace(/^\[|\]$/g, '')
    const path = url.pathname + url.search
    // An agent of its own: the global one may be told to use a proxy.
    const options = { method, headers, hostname, port: url.port, path, timeout, agent: false as const }
    const sent = http.request(options, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST) sent.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeout} ms`)))
    sent.on('error', reject)
    sent.end()
  })
}
