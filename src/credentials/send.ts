// One request to a service that returns credentials: retried as in the AWS SDK, and never redirected.

import type { ServiceError } from './errors.ts'

export type Endpoint = string | URL | undefined

/** What callers set of the requests that a provider makes; the names are the AWS SDK's. */
export interface ClientConfig {
  region?: string | (() => string | Promise<string>) | undefined
  endpoint?: string | URL | (() => Endpoint | Promise<Endpoint>) | undefined
  maxAttempts?: number | undefined
  fetch?: typeof fetch | undefined
}

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A value, or what the function gives that stands for it. */
export const settled = <T>(given: T | (() => T | Promise<T>) | undefined) =>
  typeof given === 'function' ? (given as () => T | Promise<T>)() : given

/** Refusals that pass: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const PASSING = /Throttl|TooMany|RequestLimit|SlowDown|Timeout|IDPComm/

/**
 * @param read takes code and message from a refusal's text
 * @returns the text of the answer
 * @throws {ServiceError} what the service refused, or the last failure of the network
 */
export async function send(
  url: URL,
  init: RequestInit,
  config: ClientConfig,
  read: (text: string) => (string | undefined)[],
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    let error: Partial<ServiceError>
    try {
      // A redirect would take tokens and signatures elsewhere.
      const response = await (config.fetch ?? fetch)(url, { redirect: 'error', ...init })
      const text = await response.text()
      if (response.ok) return text
      error = serviceError(response, text, read)
    } catch (thrown) {
      error = thrown as Error
    }
    const isFinal = error.$fault === 'client' && !PASSING.test(`${error.name}`)
    if (isFinal || attempt >= (config.maxAttempts ?? 3)) throw error
    await wait(Math.random() * 100 * 2 ** attempt)
  }
}

function serviceError(
  { status, headers }: Response,
  text: string,
  read: (text: string) => (string | undefined)[],
): ServiceError {
  let found: (string | undefined)[] = []
  try {
    found = read(text)
  } catch {
    // This may be a proxy's answer instead of the service's.
  }
  const message = found[1] ?? `the service answered ${status}`
  return Object.assign(new Error(message), {
    // There may be an address before or behind it.
    name: plainName(found[0] ?? headers.get('x-amzn-errortype') ?? `Status${status}`),
    $fault: status < 500 ? ('client' as const) : ('server' as const),
    $metadata: { httpStatusCode: status },
  })
}

const plainName = (name: string) => name.slice(name.lastIndexOf('#') + 1).split(':', 1)[0] ?? ''
