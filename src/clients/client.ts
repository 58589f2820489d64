// The part of this package's client that the helpers for other HTTP clients need.

import type { Client } from '../../pkg-template/index.d.ts'

/** Only `sign` is used: the helpers send nothing. */
export type Signs = Pick<Client, 'sign'>

/** Refuses anything that cannot sign, before a request is made. */
export function checkClient(client: Signs) {
  if (typeof client?.sign === 'function') return
  const got = client === null ? 'null' : typeof client
  throw new TypeError(`client must be what newClient returns; got ${got}`)
}
