// endpointOf: what the name of a host says. The names and their meaning are the core's (src/client/host.rs).

import * as jobs from './jobs.js'
import { mustBe, textOf } from './values.js'

/**
 * @param {unknown} url
 * @returns {import('../../pkg-template/index.d.ts').Endpoint}
 */
export function endpointOf(url) {
  const { host, protocol } = urlOf(url)
  const { kind, service, region, apiId } = jobs.host(host, protocol.startsWith('ws'), '', '')
  return /** @type {any} */ ({ kind, ...(region && { service, region }), ...(apiId && { apiId }) })
}

/** A URL, or a host's name alone. */
function urlOf(/** @type {unknown} */ given) {
  if (given instanceof URL) return given
  if (typeof given !== 'string') throw mustBe('url', 'a string or URL', given)
  for (const text of given.includes('/') ? [given] : [given, `https://${given}`]) {
    try {
      const url = new URL(text)
      if (url.host !== '') return url
    } catch {
      // Tried with a scheme, then named below.
    }
  }
  throw new TypeError("url must be a URL or a host's name")
}

/**
 * What of an explanation's scope contradicts its host; empty if nothing does.
 *
 * @param {{ canonicalRequest?: unknown, credentialScope?: unknown }} explanation
 */
export function warningOf({ canonicalRequest, credentialScope }) {
  const [, host = ''] = /^host:(.*)$/m.exec(textOf(canonicalRequest)) ?? []
  const scope = textOf(credentialScope).split('/')
  // That of Signature Version 4A has no region.
  const [, region = '', service = ''] = scope.length < 4 ? ['', '', scope[1]] : scope
  return jobs.host(host.trim(), false, region, service).warning
}

/**
 * An explanation, with a warning if its scope contradicts its host.
 *
 * @template {{ canonicalRequest: string, credentialScope: string }} T
 * @param {T} explanation
 */
export function warned(explanation) {
  const warning = warningOf(explanation)
  return warning ? { ...explanation, warning } : explanation
}
