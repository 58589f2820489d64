// What the checks have in common. Like them it uses nothing but what every runtime has.

/**
 * What a check is given: the package's exports, the gateway's address and its control routes, and the page's
 * origin where requests cross origins.
 *
 * @typedef {{ gatesign: any, gateway: string, control: any, origin?: string }} Given
 * @typedef {[name: string, check: (given: Given) => Promise<void>]} Check
 */

/** Example identities of the gateway; its README lists them. */
export const LONG_LIVED = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
export const IDENTITY = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
export const API_KEY = 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE'
export const REGION = 'us-east-1'

export function signedClient(gatesign, gateway, config = {}) {
  return gatesign.newClient({ invokeUrl: `${gateway}/stage`, ...LONG_LIVED, region: REGION, ...config })
}

/** The gateway's control routes. */
export function controlOf(gateway) {
  return async (method, path, body) => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${gateway}/__gateway/${path}`, { method, ...init })
    const text = await response.text()
    if (!response.ok) throw new Failure(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

/** What the gateway got, but for preflights. */
export async function sent(control) {
  return (await control('GET', 'requests')).filter(({ method }) => method !== 'OPTIONS')
}

/** Texts beyond ASCII are not literals here: bundles of this suite also run on pages that are not read as UTF-8. */
export const beyondAscii = decodeURIComponent

export const headerOf = (request, wanted) =>
  request?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1]

export class Failure extends Error {}

export function same(actual, expected, what) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Failure(`${what}: expected ${wanted}, got ${got}`)
}

export async function rejection(promise) {
  let result
  try {
    result = await promise
  } catch (error) {
    return error
  }
  throw new Failure(`a rejection was expected; resolved with status ${result?.status}`)
}

export function thrown(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Failure('an error was expected')
}

export const fromBase64 = (text) =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)))
