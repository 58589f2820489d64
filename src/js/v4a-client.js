// What newClient calls of gatesign/v4a to sign: its own module makes the requests, and signs none of them then.

import { UNSIGNED } from './payload-hash.js'
import { createSigner } from './v4a.js'

/**
 * @typedef {ReturnType<typeof forClient>} Signature
 * @typedef {import('./jobs.js').CallFields} CallFields
 */

/**
 * Who signs for a client.
 *
 * @param {any} config
 * @param {import('../../pkg-template/index.d.ts').Endpoint} named what invokeUrl's host says
 */
export function forClient(config, named) {
  const { unsignableHeaders, signableHeaders } = config
  const options = {
    regionSet: config.regionSet ?? (config.region || named.region),
    service: config.service || named.service || 'execute-api',
    unsignableHeaders,
    signableHeaders,
  }
  /** @type {ReturnType<typeof createSigner>} */
  let signer
  return {
    /** Signs from now on with these. */
    use(/** @type {import('./credentials.js').Identity} */ identity) {
      const made = createSigner({ ...identity, ...options })
      signer?.destroy()
      signer = made
    },

    /**
     * @param {{ method: string, url: string, headers: Record<string, string> }} request not yet signed
     * @param {CallFields} fields
     * @param {string | Uint8Array | null} payload
     * @param {number} now ms since the epoch
     */
    sign({ method, url, headers }, { hash, isDigest, explains }, payload, now) {
      const asked = isDigest ? '' : hash
      // Without the header the service would hash what it gets.
      if (asked === UNSIGNED) headers['x-amz-content-sha256'] = UNSIGNED
      const body = asked === '' ? payload : null
      const request = /** @type {any} */ ({ method, url, headers, bodyHash: asked, body, date: now })
      const { url: sent, headers: all } = signer.sign(request)
      return { method, url: sent, headers: all, explanation: explains && signer.explain(request) }
    },

    /**
     * @param {{ method: string, url: string }} request not yet signed
     * @param {CallFields} fields
     * @param {number} expiresIn seconds
     * @param {number} now ms since the epoch
     */
    presign({ method, url }, { hash: bodyHash, headers, explains }, expiresIn, now) {
      // Those of the call: whoever uses the URL has to send them.
      const pairs = headers.flatMap((name, i) => (i % 2 ? [] : [[name, headers[i + 1]]]))
      const request = /** @type {any} */ ({ method, url, headers: pairs, bodyHash, expiresIn, date: now })
      return { url: signer.presign(request), explanation: explains && signer.explain(request) }
    },

    destroy() {
      signer?.destroy()
    },
  }
}

export const v4a = { forClient }
