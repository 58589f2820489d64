// Puts the credentials of an import into memory. They never replace others: if there already are some, the imported
// ones get a separate name, and the imported requests use it.

import {
  type CredentialField,
  type Credentials,
  isEmpty,
  isTemplate,
  literalOnly,
  NO_CREDENTIALS,
  templatesOnly,
} from '../model/credentials'
import type { RequestDoc } from '../model/request'
import { environments } from '../state/environments'
import { changeIdentity, DEFAULT, freeName, identities, identityOf } from '../state/identities'
import type { Imported } from './imported'

/** Credentials that belong together: halves of two sets are not combined. */
const GROUPS: readonly (readonly CredentialField[])[] = [
  ['accessKeyId', 'secretAccessKey', 'sessionToken'],
  ['apiKey'],
  ['bearerToken'],
  ['username', 'password'],
]

export interface Placement {
  /** Their names after the import. */
  names: string[]
  /** The name of credentials that could not become the default ones; empty if there are none. */
  apart: string
}

export function takeIdentities(found: Imported, docs: RequestDoc[]): Placement {
  const placement: Placement = { names: [], apart: '' }
  const renamed = new Map<string, string>()
  for (const { name, credentials } of found.identities) {
    const useful = usefulOf(credentials, found)
    const to = isEmpty(useful) ? DEFAULT : put(name || 'Imported', useful)
    renamed.set(name, to)
    if (to !== DEFAULT) placement.names.push(to)
  }
  const useful = usefulOf(found.credentials, found)
  if (!isEmpty(useful)) {
    const to = fits(useful, identityOf(DEFAULT)) ? DEFAULT : put(nameOf(found), filledUp(useful))
    if (to === DEFAULT) changeIdentity(DEFAULT, useful)
    else placement.apart = to
    renamed.set(DEFAULT, to)
    placement.names.push(to)
  }
  for (const { auth } of docs) {
    // Inherited settings name their identity themselves.
    if (auth.kind !== 'none' && auth.kind !== 'inherit')
      auth.identity = renamed.get(auth.identity) ?? auth.identity
  }
  return placement
}

/** Values, and names of variables that have a value: other placeholders cannot be used to sign. */
function usefulOf(credentials: Partial<Credentials>, found: Imported): Partial<Credentials> {
  const all = [...found.environments, ...environments.value].flatMap(({ variables }) => variables)
  const names = new Set(all.map(({ name }) => name))
  const templates = Object.entries(templatesOnly(credentials)).filter(([, value]) =>
    names.has(String(value).replace(/[{}]/g, '').trim()),
  )
  return { ...literalOnly(credentials), ...Object.fromEntries(templates) }
}

/** Whether it can be added without replacing anything. */
function fits(added: Partial<Credentials>, present: Credentials): boolean {
  return GROUPS.every(
    (group) =>
      group.every((field) => !added[field]) ||
      group.every((field) => present[field] === '') ||
      group.every((field) => present[field] === (added[field] ?? '')),
  )
}

/** Fields that the import does not contain, such as keys next to an API key, keep their values. */
function filledUp(added: Partial<Credentials>): Partial<Credentials> {
  const present = identityOf(DEFAULT)
  const filled = { ...added }
  for (const group of GROUPS) {
    if (group.every((field) => !added[field])) for (const field of group) filled[field] = present[field]
  }
  return filled
}

/** @returns their name: that of equal existing credentials, or a free one */
function put(preferred: string, credentials: Partial<Credentials>): string {
  const full = { ...NO_CREDENTIALS, ...credentials }
  const same = [...identities.value].find(
    ([name, other]) =>
      name !== DEFAULT && GROUPS.flat().every((field) => other[field] === full[field]) && !isEmpty(other),
  )
  if (same) return same[0]
  // After a reload the name exists without its values: the same import fills them in again.
  const before = identities.value.get(preferred)
  const isOpen = before && GROUPS.flat().every((field) => before[field] === '' || isTemplate(before[field]))
  const name = isOpen ? preferred : freeName(preferred)
  changeIdentity(name, full)
  return name
}

const nameOf = ({ request, collections }: Imported) =>
  collections[0]?.name || /^\w+:\/\/([^/?#]+)/.exec(request?.url ?? '')?.[1] || 'Imported'
