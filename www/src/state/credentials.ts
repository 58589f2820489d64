// The credentials of the request in the editor: those of its identity, or of the environment's, or the default ones.

import { computed, signal } from '@preact/signals'
import {
  CREDENTIAL_FIELDS,
  type Credentials,
  canSign,
  filledCredentials,
  hasValues,
} from '../model/credentials'
import { substituteKnown, usedIn } from '../model/environment'
import { environment, lookup } from './environments'
import { changeIdentity, DEFAULT, identities, identityOf } from './identities'
import { effective, opening } from './request'

/** The name of the identity that the request uses. */
export const identityName = computed(
  () => effective.value.auth.identity || environment.value?.identity || DEFAULT,
)

/** The credentials as they were entered, with names of variables. */
export const entered = computed<Credentials>(() => {
  void identities.value
  return identityOf(identityName.value)
})

/** Names of variables without a value. */
export const missingVariables = computed(() =>
  CREDENTIAL_FIELDS.flatMap((field) => usedIn(substituteKnown(entered.value[field], lookup.value))),
)

/**
 * The identity whose credentials are used: for an identity whose variables have no value, the default one, if it has
 * credentials. A name of a variable never replaces a value.
 */
export const usedName = computed(() => {
  if (missingVariables.value.length === 0) return identityName.value
  const byDefault = identities.value.get(DEFAULT)
  return byDefault && hasValues(byDefault, lookup.value) && canSign(byDefault) ? DEFAULT : identityName.value
})

/** The credentials as they are used. Variables without a value are empty. */
export const credentials = computed<Credentials>(() => {
  void identities.value
  const identity = { ...identityOf(usedName.value) }
  if (hasValues(identity, lookup.value)) return filledCredentials(identity, lookup.value)
  for (const field of CREDENTIAL_FIELDS) {
    const filled = substituteKnown(identity[field], lookup.value)
    identity[field] = usedIn(filled).length > 0 ? '' : filled
  }
  return identity
})

/** By identity, the opening of a request for which credentials were entered: they are meant for its origin. */
const enteredFor = signal<ReadonlyMap<string, number>>(new Map())

/**
 * The identity in the form, and the opening of the request. Asynchronous code notes both before it waits for
 * credentials.
 */
export const openIdentity = () => ({ name: identityName.value, openingId: opening.value })

/** Changes the credentials of the request in the editor, as the user does who sees the request. */
export function changeCredentials(part: Partial<Credentials>, { name, openingId } = openIdentity()) {
  changeIdentity(name, part)
  enteredFor.value = new Map(enteredFor.value).set(name, openingId)
}

export const wereEnteredHere = (name: string) => enteredFor.value.get(name) === opening.value

/** Once a second, while something on the page counts down. */
export const now = signal(Date.now())
setInterval(() => {
  if (credentials.value.expiresAt !== 0) now.value = Date.now()
}, 1000)
