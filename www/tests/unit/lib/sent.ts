// Sends what was imported, as the page would: the call, the signature, the headers.

import type { Imported } from '../../../src/import/imported'
import type { Credentials } from '../../../src/model/credentials'
import { NO_CREDENTIALS } from '../../../src/model/credentials'
import { lookupOf, substituteKnown } from '../../../src/model/environment'
import { isForbidden } from '../../../src/model/headers'
import type { RequestDoc } from '../../../src/model/request'
import { settingsIn, withSettings } from '../../../src/model/settings'
import { callOf } from '../../../src/sign/call'
import { ready } from '../../../src/sign/gatesign'
import { wireOf } from '../../../src/sign/wire'

/** The requests of an import, in its order. */
export const docsOf = (found: Imported): RequestDoc[] => [
  ...(found.request ? [found.request] : []),
  ...found.collections.flatMap((collection) =>
    collection.requests.map((item) => withSettings(item, settingsIn(collection, item.folder))),
  ),
]

export async function sendAll(found: Imported, file?: Uint8Array<ArrayBuffer>): Promise<void> {
  await ready
  const lookup = new Map(found.environments.flatMap((environment) => [...lookupOf(environment)]))
  for (const doc of docsOf(found)) {
    const identity = found.identities.find(({ name }) => name === doc.auth.identity)
    const given = { ...NO_CREDENTIALS, ...(identity?.credentials ?? found.credentials) }
    const credentials = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        typeof value === 'string' ? substituteKnown(value, lookup) : value,
      ]),
    ) as unknown as Credentials
    const { method, url, headers, body } = await wireOf(
      callOf(doc, lookup, file, filesOf(doc, file)),
      credentials,
    )
    // What is set aside goes out where something other than a page sends it.
    const aside = doc.headers.filter(
      ({ on, name }) => !on && isForbidden(name) && !/^(?:accept-encoding|sec-|connection)/i.test(name),
    )
    const all = {
      ...headers,
      ...Object.fromEntries(aside.map(({ name, value }) => [name.toLowerCase(), value])),
    }
    await fetch(url, { method, headers: all, body, redirect: 'manual' })
  }
}

/** The same file for every part that is one. */
function filesOf({ body }: RequestDoc, bytes: Uint8Array<ArrayBuffer> | undefined) {
  const parts = body.form.filter(({ file }) => file !== undefined)
  return new Map(
    parts.map(({ file = '', value }) => [file, { name: value, bytes: bytes ?? new Uint8Array() }]),
  )
}
