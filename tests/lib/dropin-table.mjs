// The drop-in table: all rows, and one case for each way to authorise a row.

import { answers } from './dropin-answers.mjs'
import { configs } from './dropin-configs.mjs'
import { failures } from './dropin-failures.mjs'
import { headers } from './dropin-headers.mjs'
import { keysAndTokens } from './dropin-keys.mjs'
import { methods } from './dropin-methods.mjs'
import { paths } from './dropin-paths.mjs'
import { payloads } from './dropin-payloads.mjs'
import { queries } from './dropin-queries.mjs'
import { repeats } from './dropin-repeats.mjs'

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
