// What the helpers for other HTTP clients need of a client of this package.

import type { Client } from '../../pkg-template/index.d.ts'

/** Only what signs: nothing here sends. */
export type Signs = Pick<Client, 'sign'>

/** Refuses what cannot sign, before a request is made. */
export function checkClient(client: Signs) {
  if (typeof client?.sign === 'function') return
  const got = client === null ? 'null' : typeof client
  throw new TypeError(`client must be what newClient returns; got ${got}`)
}
