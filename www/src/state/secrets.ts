// Everything that must not leave the page's memory: credentials and secret variables.

import { signal } from '@preact/signals'
import { type Credentials, NO_CREDENTIALS } from '../model/credentials'
import { placeholder } from '../model/environment'
import { environments } from './environments'

export const credentials = signal<Credentials>(NO_CREDENTIALS)

/** The values to look for in whatever is kept or given away. */
export function secretValues(): string[] {
  const { accessKeyId, secretAccessKey, sessionToken, apiKey } = credentials.value
  const variables = environments.value.flatMap((environment) =>
    environment.variables.filter(({ name, secret, value }) => secret && value !== placeholder(name)),
  )
  return [secretAccessKey, sessionToken, apiKey, accessKeyId, ...variables.map(({ value }) => value)].filter(
    Boolean,
  )
}

/** Once a second, while something on the page counts down. */
export const now = signal(Date.now())
setInterval(() => {
  if (credentials.value.expiresAt !== 0) now.value = Date.now()
}, 1000)
