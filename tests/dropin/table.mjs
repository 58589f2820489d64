// The drop-in table: all rows, and one case for each way to authorise a row.

import { answers } from './answers.mjs'
import { configs } from './configs.mjs'
import { failures } from './failures.mjs'
import { headers } from './headers.mjs'
import { keysAndTokens } from './keys.mjs'
import { methods } from './methods.mjs'
import { paths } from './paths.mjs'
import { payloads } from './payloads.mjs'
import { queries } from './queries.mjs'
import { repeats } from './repeats.mjs'

export const TABLE = {
  paths,
  methods,
  queries,
  headers,
  keysAndTokens,
  payloads,
  configs,
  answers,
  failures,
  repeats,
}

/**
 * The cases of a row.
 *
 * @param {any} row
 */
export function casesOf(row) {
  return (row.auth ?? ['open']).map((auth) => {
    const signed = auth !== 'open' && auth !== 'key'
    return { row, auth, signed, kind: signed && row.signedDefect ? 'fix' : row.kind }
  })
}
