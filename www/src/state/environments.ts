import { computed, signal } from '@preact/signals'
import { type Environment, lookupOf, publicLookupOf } from '../model/environment'
import { text } from '../model/json'
import type { RequestDoc } from '../model/request'
import { usedAsCredentials, withSecretsMarked } from '../model/secrets'
import { readRows } from './aside'
import { keep, newId, readKept, store } from './db'
import { identities } from './identities'
import { readEnvironment } from './rows'

export const environments = signal<Environment[]>([])
export const environmentId = signal('')

export const environment = computed(() => environments.value.find(({ id }) => id === environmentId.value))
export const lookup = computed(() => lookupOf(environment.value))
export const publicLookup = computed(() => publicLookupOf(environment.value))

export async function loadEnvironments() {
  environments.value = await readRows('environments', readEnvironment)
  environmentId.value = text(await readKept('environment'))
}

export function chooseEnvironment(id: string) {
  environmentId.value = id
  void keep('environment', id)
}

export function newEnvironment(name: string): Environment {
  const environment = { id: newId(), name, variables: [] }
  saveEnvironment(environment)
  return environment
}

/** Names of variables that the page uses as credentials. */
const usedNames = new Set<string>()

/**
 * Removes the variables that these requests and identities use as credentials from what is stored.
 * @returns the names of the variables that became secret by it
 */
export function markSecrets(docs: Iterable<RequestDoc>): string[] {
  for (const name of usedAsCredentials(docs, identities.value.values())) usedNames.add(name)
  const marked: string[] = []
  for (const item of environments.value) {
    const next = withSecretsMarked(item, usedNames)
    if (next === item) continue
    saveEnvironment(next)
    marked.push(
      ...next.variables
        .filter(({ secret }, i) => secret && !item.variables[i]?.secret)
        .map(({ name }) => name),
    )
  }
  return marked
}

export function saveEnvironment(environment: Environment) {
  const changed = withSecretsMarked(environment, usedNames)
  const exists = environments.value.some(({ id }) => id === changed.id)
  environments.value = exists
    ? environments.value.map((item) => (item.id === changed.id ? changed : item))
    : [...environments.value, changed]
  void store((db) => db.put('environments', safeEnvironment(changed)))
}

/** An environment as it may be stored or shared: secret variables only by name. */
export function safeEnvironment(environment: Environment): Environment {
  return {
    ...environment,
    variables: environment.variables.map((item) => (item.secret ? { ...item, value: '' } : item)),
  }
}

export async function removeEnvironment(id: string) {
  environments.value = environments.value.filter((item) => item.id !== id)
  if (environmentId.value === id) chooseEnvironment('')
  await store((db) => db.delete('environments', id))
}
