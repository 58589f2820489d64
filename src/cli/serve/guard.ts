// Who may ask. Every page that the user has open can send requests to this port, and a name of an attacker's
// can be made to lead here (DNS rebinding): so the name in Host must be one of this machine's, and the
// forwarder and its token are for the page that was served here.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TOKEN_HEADER } from './protocol.ts'

/** Whether it was sent to this server by one of its own names. */
export function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = socket.localPort
  const names = ['127.0.0.1', 'localhost', '[::1]']
  const host = headers.host ?? ''
  return names.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
}

/** Browsers say which page asks; other programs say nothing. @returns whether it may be the page's own request */
export function isOwnSite({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** @returns why it may not use the forwarder; empty if it may */
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

/** In a time that does not tell how much of it is right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
