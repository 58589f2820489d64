// Credentials as in the AWS SDK for JavaScript v3: an identity, or a function that returns one.

import { RENEWED_EARLY } from './bounds.ts'
import { isGiven, mustBe, textOption, typedOption, typeName } from './values.ts'

/** How long before they expire credentials are renewed, in ms. */
/** How long to wait after a failed renewal while the old credentials are still valid, in ms. */
const PAUSE = 30 * 1000

export type Identity = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date | number | string
}

/**
 * Calls a provider once for concurrent requests, and again when its credentials are about to expire.
 *
 * @param use called with each new identity
 */
export function credentialSource(
  provider: (options?: { forceRefresh: boolean }) => Promise<Identity> | Identity,
  use: (identity: Identity) => void,
) {
  let pending: Promise<void> | undefined
  /** ms since the epoch; 0 until something was fetched. */
  let expires = 0
  let pausedUntil = 0
  /** Counts identities, so that a refused one is renewed only once, however many calls failed with it. */
  let generation = 0

  async function renew(forceRefresh: boolean) {
    // Providers of the AWS SDK cache; forceRefresh bypasses that.
    const identity = checkIdentity(await (forceRefresh ? provider({ forceRefresh }) : provider()))
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
     * @returns the number of the identity in use
     */
    current(): Promise<number> | number {
      const now = Date.now()
      if (now < expires - RENEWED_EARLY || (now < expires && now < pausedUntil)) return generation
      return renewOnce().then(
        () => generation,
        (error) => {
          if (Date.now() >= expires) throw error
          pausedUntil = Date.now() + PAUSE
          return generation
        },
      )
    },
    /**
     * Renews after the gateway called an identity expired.
     *
     * @param refused the number of that identity
     */
    async renewAfter(refused: number) {
      if (generation === refused) await renewOnce(true)
    },
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
export const KEY_ID = /^A[KS]IA[A-Z0-9]{16}$/

/** Refuses an access key id in place of the secret; the error uses the caller's names for both. */
export function checkOrder(keys: Record<string, string>): void {
  const [[idName, id] = ['', ''], [secretName, secret] = ['', '']] = Object.entries(keys)
  if (KEY_ID.test(secret) && !KEY_ID.test(id)) {
    throw new TypeError(
      `${idName} and ${secretName} are swapped: ${secretName} has the form of an access key id`,
    )
  }
}

export function checkIdentity(identity: any): Identity {
  if (typeof identity !== 'object' || identity === null) {
    throw new TypeError(
      `credentials must provide { accessKeyId, secretAccessKey }; got ${typeName(identity)}`,
    )
  }
  for (const name of ['accessKeyId', 'secretAccessKey']) {
    if (typedOption(name, identity[name], 'string') === '') {
      throw new TypeError(`${name} must be a string; got an empty one`)
    }
  }
  const { accessKeyId, secretAccessKey } = identity
  checkOrder({ accessKeyId, secretAccessKey })
  textOption('sessionToken', identity.sessionToken)
  return identity
}

/** ms since the epoch; Infinity for credentials that do not expire. */
function expirationOf({ expiration }: Identity) {
  if (!isGiven(expiration)) return Number.POSITIVE_INFINITY
  // Cognito and STS write seconds in their JSON. As ms they would be before March 1973.
  const isSeconds = typeof expiration === 'number' && expiration < 1e11
  const time = isSeconds ? expiration * 1000 : expiration
  // `Date` throws for a bigint, a symbol and the like.
  const ms = /^(string|number|object)$/.test(typeof time) ? new Date(time).getTime() : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw mustBe('credentials.expiration', 'a Date, ms since the epoch or ISO 8601 text', expiration)
}
