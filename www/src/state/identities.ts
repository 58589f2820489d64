// Credentials by the names that requests and environments use. The values are in memory; the names, and fields that
// only refer to a variable, are stored.

import { signal } from '@preact/signals'
import { type Credentials, type Identity, NO_CREDENTIALS, templatesOnly } from '../model/credentials'
import { record, records, text } from '../model/json'
import { keep, readKept } from './db'

/** The identity of requests that do not name one, in an environment that does not name one. */
export const DEFAULT = ''

export const identities = signal<ReadonlyMap<string, Credentials>>(new Map([[DEFAULT, NO_CREDENTIALS]]))

export const identityOf = (name: string): Credentials => identities.value.get(name) ?? NO_CREDENTIALS

export function changeIdentity(name: string, part: Partial<Credentials>) {
  identities.value = new Map(identities.value).set(name, { ...identityOf(name), ...part })
  keepNames()
}

export function removeIdentity(name: string) {
  const next = new Map(identities.value)
  next.delete(name)
  identities.value = next
  keepNames()
}

/** A name that no other identity has. */
export function freeName(base: string): string {
  let name = base
  for (let number = 2; identities.value.has(name); number++) name = `${base} (${number})`
  return name
}

let written = ''

function keepNames() {
  const rows: Identity[] = [...identities.value].map(([name, all]) => ({
    name,
    credentials: templatesOnly(all),
  }))
  const next = JSON.stringify(rows)
  if (next === written) return
  written = next
  void keep('identities', rows)
}

export async function loadIdentities() {
  const found = new Map(identities.value)
  for (const row of records(await readKept('identities'))) {
    // Anything else that was stored there is not the name of a variable.
    const templates = templatesOnly(
      Object.fromEntries(
        Object.entries(record(row.credentials)).map(([field, value]) => [field, text(value)]),
      ),
    )
    found.set(text(row.name), { ...NO_CREDENTIALS, ...templates })
  }
  identities.value = found
}
