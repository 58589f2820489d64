// A call as snippets need it: what goes over the wire, but for everything that is a credential.

import { NO_CREDENTIALS } from '../model/credentials'
import { placeholder } from '../model/environment'
import { isSensitive } from '../model/headers'
import { without } from '../model/secrets'
import { type Call, unsigned } from '../sign/call'
import { wireOf } from '../sign/wire'

export interface Plain {
  call: Call
  method: string
  url: string
  headers: [string, string][]
  /** Undefined: no body. Bytes that are no text: null. */
  body: string | null | undefined
}

export async function plainOf(call: Call, secrets: readonly string[]): Promise<Plain> {
  const { method, url, headers } = await wireOf(unsigned(call), NO_CREDENTIALS)
  const kept = Object.entries(headers).filter(([name, value]) => !(name === 'accept' && value === '*/*'))
  return {
    call: {
      ...call,
      pathTemplate: without(call.pathTemplate, secrets),
      query: call.query.map(([name, value]) => [name, without(value, secrets)]),
    },
    method,
    url: without(url, secrets),
    headers: kept.map(([name, value]) => [
      name,
      isSensitive(name) ? placeholder(name) : without(value, secrets),
    ]),
    body: call.body ? textOf(call.body, secrets) : undefined,
  }
}

function textOf(bytes: Uint8Array, secrets: readonly string[]): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : without(text, secrets)
  } catch {
    return null
  }
}
