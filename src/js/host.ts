// endpointOf: what the name of a host says. The core knows the names and their meaning (src/client/host.rs).

import type { Endpoint } from '../../pkg-template/index.d.ts'
import * as jobs from './jobs.ts'
import { mustBe, textOf } from './values.ts'

export function endpointOf(url: unknown): Endpoint {
  const { host, protocol } = urlOf(url)
  const { kind, service, region, apiId } = jobs.host(host, protocol.startsWith('ws'), '', '')
  return { kind, ...(region && { service, region }), ...(apiId && { apiId }) } as any
}

/** A URL, or only the name of a host. */
function urlOf(value: unknown) {
  if (value instanceof URL) return value
  if (typeof value !== 'string') throw mustBe('url', 'a string or URL', value)
  for (const text of value.includes('/') ? [value] : [value, `https://${value}`]) {
    try {
      const url = new URL(text)
      if (url.host !== '') return url
    } catch {
      // Tried with a scheme below, where the error names it.
    }
  }
  throw new TypeError("url must be a URL or a host's name")
}

/** The part of an explanation's scope that contradicts its host; empty if none does. */
export function warningOf({
  canonicalRequest,
  credentialScope,
}: {
  canonicalRequest?: unknown
  credentialScope?: unknown
}) {
  const [, host = ''] = /^host:(.*)$/m.exec(textOf(canonicalRequest)) ?? []
  const scope = textOf(credentialScope).split('/')
  // The scope of Signature Version 4A has no region.
  const [, region = '', service = ''] = scope.length < 4 ? ['', '', scope[1]] : scope
  return jobs.host(host.trim(), false, region, service).warning
}

/** An explanation, with a warning if its scope contradicts its host. */
export function warned<T extends { canonicalRequest: string; credentialScope: string }>(explanation: T) {
  const warning = warningOf(explanation)
  return warning ? { ...explanation, warning } : explanation
}
