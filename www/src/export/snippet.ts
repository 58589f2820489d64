// The languages in which a request can be exported.

import type { Call } from '../sign/call'
import { ready } from '../sign/gatesign'
import { curl } from './curl'
import { client, fetched } from './javascript'
import { type Plain, plainOf } from './plain'
import { python } from './python'

export interface Language {
  id: string
  label: string
  /** One sentence: what is needed to run it. */
  needs: string
  write: (plain: Plain) => string
}

export const LANGUAGES: readonly Language[] = [
  { id: 'curl', label: 'curl', needs: 'For curl 7.75 or later.', write: curl },
  {
    id: 'gatesign',
    label: 'gatesign',
    needs: 'A module for Node, Deno, Bun or a bundler: npm install gatesign.',
    write: client,
  },
  {
    id: 'fetch',
    label: 'fetch',
    needs: 'fetch, with the signer of gatesign: npm install gatesign.',
    write: fetched,
  },
  { id: 'python', label: 'Python', needs: 'pip install botocore.', write: python },
]

/** @param secrets values that must not appear in it */
export async function snippet(id: string, call: Call, secrets: readonly string[]): Promise<string> {
  await ready
  const plain = await plainOf({ ...call, invokeUrl: call.invokeUrl.replace(/^ws/i, 'http') }, secrets)
  return (LANGUAGES.find((item) => item.id === id) ?? (LANGUAGES[0] as Language)).write(plain)
}
