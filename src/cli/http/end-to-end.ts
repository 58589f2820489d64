import { isOfConnection } from '../../js/connection-headers.ts'

/** The headers of a request without those of its connection, which its header `Connection` may name too. */
export function endToEnd(headers: [string, string][]): [string, string][] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim())
  return headers.filter(([name]) => !isOfConnection(name) && !named.includes(name.toLowerCase()))
}
