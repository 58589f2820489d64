// Who may send requests. Every page that the user has open can send requests to this port, and an attacker's host name
// can resolve to this machine (DNS rebinding). So the name in Host must be one of this machine's, and only the page
// that was served here may use the forwarder and its token.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TOKEN_HEADER } from './protocol.ts'

/** Whether the request was sent to one of this server's own names. */
export function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = socket.localPort
  const names = ['127.0.0.1', 'localhost', '[::1]']
  const host = headers.host ?? ''
  return names.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
}

/**
 * Browsers say which page sends a request; other programs say nothing.
 *
 * @returns whether it may be the page's own request
 */
export function isOwnSite({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** @returns why the request may not use the forwarder; empty if it may */
export function whyNotOwnPage(request: IncomingMessage, token: string): string {
  const { headers } = request
  if (headers.origin !== `http://${headers.host}` || !isOwnSite(request)) {
    return 'only the page of gatesign serve may use its forwarder'
  }
  if (!isSame(String(headers[TOKEN_HEADER] ?? ''), token)) {
    return 'gatesign serve has been restarted since this page was loaded: reload the page'
  }
  return ''
}

/** Compares in constant time. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
