// The values that must not leave the page's memory: credentials and secret variables.

import { CREDENTIAL_FIELDS, isTemplate } from '../model/credentials'
import { placeholder } from '../model/environment'
import { environments } from './environments'
import { identities } from './identities'

/** The values to search for in everything that is stored or shared. */
export function secretValues(): string[] {
  const found = new Set<string>()
  for (const credentials of identities.value.values()) {
    for (const field of CREDENTIAL_FIELDS) if (!isTemplate(credentials[field])) found.add(credentials[field])
    const { username, password } = credentials
    // Basic sends both as one.
    if (password !== '') found.add(`${username}:${password}`)
  }
  for (const { variables } of environments.value) {
    for (const { name, secret, value } of variables)
      if (secret && value !== placeholder(name) && !isTemplate(value)) found.add(value)
  }
  found.delete('')
  // A value that contains another one comes first; otherwise a part of it would remain.
  return [...found].sort((a, b) => b.length - a.length)
}
