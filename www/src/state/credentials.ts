// The credentials of the request in the editor: its identity's, or the environment's, or the default ones.

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

/** As they were entered: with the names of variables. */
export const entered = computed<Credentials>(() => {
  void identities.value
  return identityOf(identityName.value)
})

/** Names of variables that have no value here. */
export const missingVariables = computed(() =>
  CREDENTIAL_FIELDS.flatMap((field) => usedIn(substituteKnown(entered.value[field], lookup.value))),
)

/**
 * Whose credentials are used: of an identity whose variables have no value here, the default ones, if
 * there are any. A name never takes the place of a value.
 */
export const usedName = computed(() => {
  if (missingVariables.value.length === 0) return identityName.value
  const byDefault = identities.value.get(DEFAULT)
  return byDefault && hasValues(byDefault, lookup.value) && canSign(byDefault) ? DEFAULT : identityName.value
})

/** As they are used. What has no value is empty. */
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

/** Which opening of a request credentials were entered for, by identity: they are meant for its origin. */
const enteredFor = signal<ReadonlyMap<string, number>>(new Map())

/** Whose credentials are in the form, and of which opening of a request: what has to wait for them notes it before. */
export const openIdentity = () => ({ name: identityName.value, openingId: opening.value })

/** Changes the credentials of the request in the editor, as a person does who has it before them. */
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
