// The hosts that the forwarder may send to: the user lists each of them.
//
// Addresses are not checked: a private API has a private address, and is exactly what a page cannot reach without the
// forwarder. The check is by name, which TLS proves: the server must have the certificate of the listed name. Plain
// HTTP, which proves nothing, is allowed only to this machine.

import { endpointOf } from 'gatesign'
import { isLoopback } from '../../js/loopback.ts'
import { Usage } from '../options/usage.ts'

/** `*` stands for one label, the API's id, and is allowed only here: every other host is named in full. */
const isPattern = (entry: string) =>
  /^\*\.[a-z0-9.-]+[a-z]$/.test(entry) && endpointOf(entry).service === 'execute-api'

/**
 * @param entries `HOST`, `HOST:PORT` or `*.execute-api.REGION.amazonaws.com`, or several with commas
 * @returns the hosts in the form to compare: lower case, without the port of HTTPS
 * @throws {Usage}
 */
export function readAllowed(entries: string[]): string[] {
  const names = entries.flatMap((entry) => entry.split(',')).map((entry) => entry.trim().toLowerCase())
  return [...new Set(names.map(readEntry))]
}

function readEntry(entry: string): string {
  if (isPattern(entry)) return entry
  const url = entry !== '' && URL.canParse(`https://${entry}`) ? new URL(`https://${entry}`) : undefined
  if (!url || /[/?#@*\\\s]/.test(entry)) {
    throw new Usage(
      `--forward takes HOST, HOST:PORT or *.execute-api.REGION.amazonaws.com, not ${JSON.stringify(entry)}`,
    )
  }
  return url.host
}

/**
 * @param allowed from `readAllowed`
 * @returns why the request may not be sent there; empty if it may
 */
export function whyNotAllowed(allowed: string[], url: URL): string {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return 'the forwarder sends only to https:// addresses, and to http:// addresses of this machine'
  }
  const host = url.port === '' && url.protocol === 'http:' ? `${url.host}:80` : url.host
  if (allowed.some((entry) => entry === host || isOfPattern(entry, host))) return ''
  return `${host} is not on the forwarder's list: start gatesign serve with --forward ${host}`
}

function isOfPattern(entry: string, host: string): boolean {
  const suffix = entry.slice(1)
  return isPattern(entry) && host.endsWith(suffix) && /^[a-z0-9-]+$/.test(host.slice(0, -suffix.length))
}

/** @param address of a socket, without brackets */
export const isLoopbackAddress = (address: string) =>
  address !== 'localhost' && isLoopback(address === '::1' ? '[::1]' : address)
