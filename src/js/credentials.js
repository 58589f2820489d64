// Credentials as the AWS SDK for JavaScript v3 has them: an identity, or a function that returns one.

import { typeName } from './values.js'

/** How long before their end credentials are renewed, in ms. */
const EARLY = 5 * 60 * 1000
/** How long a failed renewal is not tried again while the old credentials are still valid, in ms. */
const PAUSE = 30 * 1000

/**
 * @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string, expiration?: Date | number | string }} Identity
 */

/**
 * Calls a provider once for concurrent requests, and again when what it gave is about to expire.
 *
 * @param {(options?: { forceRefresh: boolean }) => Promise<Identity> | Identity} provider
 * @param {(identity: Identity) => void} use gets each new identity
 */
export function credentialSource(provider, use) {
  /** @type {Promise<void> | undefined} */
  let pending
  /** ms since the epoch; undefined: nothing was fetched yet. @type {number | undefined} */
  let expires
  let pausedUntil = 0
  /** Counts identities, so that a refused one is renewed once however many calls it failed. */
  let generation = 0

  async function renew(/** @type {boolean} */ forceRefresh) {
    // Those of the AWS SDK keep what they gave, unless they are told that it is of no use any more.
    const identity = checked(await (forceRefresh ? provider({ forceRefresh }) : provider()))
    const until = expirationOf(identity)
    use(identity)
    expires = until
    generation += 1
  }

  function renewOnce(forceRefresh = false) {
    pending ??= renew(forceRefresh).finally(() => {
      pending = undefined
    })
    return pending
  }

  return {
    /**
     * Makes sure that valid credentials are in use.
     *
     * @returns {Promise<number> | number} which identity is in use
     */
    current() {
      const now = Date.now()
      if (expires !== undefined && now < expires - EARLY) return generation
      if (expires !== undefined && now < expires && now < pausedUntil) return generation
      return renewOnce().then(
        () => generation,
        (error) => {
          if (expires === undefined || Date.now() >= expires) throw error
          pausedUntil = Date.now() + PAUSE
          return generation
        },
      )
    },
    /**
     * Renews after the gateway called an identity expired.
     *
     * @param {number} refused which identity that was
     */
    async renewAfter(refused) {
      if (generation === refused) await renewOnce(true)
    },
  }
}

/** @returns {Identity} */
export function checked(/** @type {any} */ identity) {
  if (typeof identity !== 'object' || identity === null) {
    throw new TypeError(`credentials must give { accessKeyId, secretAccessKey }; got ${typeName(identity)}`)
  }
  for (const name of ['accessKeyId', 'secretAccessKey']) {
    if (typeof identity[name] !== 'string' || identity[name] === '') {
      const got = identity[name] === '' ? 'an empty one' : typeName(identity[name])
      throw new TypeError(`${name} must be a string; got ${got}`)
    }
  }
  if (
    identity.sessionToken !== undefined &&
    identity.sessionToken !== null &&
    typeof identity.sessionToken !== 'string'
  ) {
    throw new TypeError(`sessionToken must be a string; got ${typeName(identity.sessionToken)}`)
  }
  return identity
}

/** ms since the epoch; Infinity for credentials that do not expire. */
function expirationOf(/** @type {Identity} */ { expiration }) {
  if (expiration === undefined || expiration === null) return Number.POSITIVE_INFINITY
  const ms = new Date(expiration).getTime()
  if (Number.isNaN(ms)) {
    throw new TypeError(
      `credentials.expiration must be a Date, ms since the epoch or ISO 8601 text; got ${typeName(expiration)}`,
    )
  }
  return ms
}
