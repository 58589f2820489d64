// A call for snippets: what is sent, without the credentials.

import { NO_CREDENTIALS } from '../model/credentials'
import { placeholder } from '../model/environment'
import { isSensitive } from '../model/headers'
import { without } from '../model/secrets'
import { type Call, unsigned } from '../sign/call'
import { wireOf } from '../sign/wire'

/** A credential: a snippet reads it from the environment when it runs. */
export interface Named {
  name: string
  /** The environment's variable. */
  env: string
  /** `bearer` is written after that word; `basic` is `user:password`, which has to be encoded. */
  form: 'plain' | 'bearer' | 'basic'
}

export interface Plain {
  call: Call
  method: string
  url: string
  headers: [string, string][]
  /** Credentials that are sent as they are, except for the signature and its token. */
  secretHeaders: Named[]
  secretQuery: Named[]
  /** Undefined: no body. Null: bytes that are not text. */
  body: string | null | undefined
}

/** Whether the signature is of Version 4A. */
export const signsForRegions = ({ signing, regionSet }: Call) => signing !== 'none' && regionSet !== ''

/** Replaces a secret in a text where a snippet cannot use a variable: to be filled in by hand. */
const HIDDEN = 'YOUR_SECRET'

export async function plainOf(call: Call, secrets: readonly string[]): Promise<Plain> {
  const { method, url, headers } = await wireOf(unsigned(call), NO_CREDENTIALS)
  const sentHeaders = Object.entries(headers).filter(
    ([name, value]) => !(name === 'accept' && value === '*/*'),
  )
  return {
    call: {
      ...call,
      pathTemplate: without(call.pathTemplate, secrets, HIDDEN),
      query: call.query.map(([name, value]) => [name, without(value, secrets, HIDDEN)]),
    },
    method,
    url: without(url, secrets, HIDDEN),
    headers: sentHeaders.map(([name, value]) => [
      name,
      isSensitive(name) ? placeholder(name) : without(value, secrets, HIDDEN),
    ]),
    ...namedOf(call),
    body: call.body ? textOf(call.body, secrets) : undefined,
  }
}

function namedOf({
  withApiKey,
  keyName,
  keyPlace,
  scheme,
}: Call): Pick<Plain, 'secretHeaders' | 'secretQuery'> {
  const key: Named[] = withApiKey ? [{ name: keyName, env: 'API_KEY', form: 'plain' }] : []
  const authorization = { name: 'authorization', env: scheme === 'basic' ? 'API_USER' : 'API_TOKEN' }
  return {
    secretHeaders: [
      ...(keyPlace === 'header' ? key : []),
      ...(scheme === '' ? [] : [{ ...authorization, form: scheme }]),
    ],
    secretQuery: keyPlace === 'query' ? key : [],
  }
}

function textOf(bytes: Uint8Array, secrets: readonly string[]): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : without(text, secrets, HIDDEN)
  } catch {
    return null
  }
}
