// The part of gatesign/v4a that newClient calls to sign. newClient's own module then makes the requests without signing
// them.

import type { Endpoint } from '../../pkg-template/index.d.ts'
import type { Identity } from './credentials.ts'
import type { CallFields } from './jobs.ts'
import { UNSIGNED } from './payload-hash.ts'
import { createSigner } from './v4a.ts'

export type Signature = ReturnType<typeof forClient>

/**
 * Creates what signs for a client.
 *
 * @param endpoint what the name of invokeUrl's host says
 */
export function forClient(config: any, endpoint: Endpoint) {
  const { unsignableHeaders, signableHeaders } = config
  const options = {
    regionSet: config.regionSet ?? (config.region || endpoint.region),
    service: config.service || endpoint.service || 'execute-api',
    unsignableHeaders,
    signableHeaders,
  }
  let signer: ReturnType<typeof createSigner>
  return {
    /** Sets the credentials to sign with. */
    use(identity: Identity) {
      const next = createSigner({ ...identity, ...options })
      signer?.destroy()
      signer = next
    },

    /**
     * @param request not yet signed
     * @param now ms since the epoch
     */
    sign(
      { method, url, headers }: { method: string; url: string; headers: Record<string, string> },
      { hash, isDigest, explains }: CallFields,
      payload: string | Uint8Array | null,
      now: number,
    ) {
      const asked = isDigest ? '' : hash
      // Without the header the service would hash the body that it gets.
      if (asked === UNSIGNED) headers['x-amz-content-sha256'] = UNSIGNED
      const body = asked === '' ? payload : null
      const request = { method, url, headers, bodyHash: asked, body, date: now } as any
      const { url: sent, headers: all } = signer.sign(request)
      return { method, url: sent, headers: all, explanation: explains && signer.explain(request) }
    },

    /**
     * @param request not yet signed
     * @param expiresIn seconds
     * @param now ms since the epoch
     */
    presign(
      { method, url }: { method: string; url: string },
      { hash: bodyHash, headers, explains }: CallFields,
      expiresIn: number,
      now: number,
    ) {
      // The call's own headers, which have to be sent with the URL.
      const pairs = headers.flatMap((name, i) => (i % 2 ? [] : [[name, headers[i + 1]]]))
      const request = { method, url, headers: pairs, bodyHash, expiresIn, date: now } as any
      return { url: signer.presign(request), explanation: explains && signer.explain(request) }
    },

    destroy() {
      signer?.destroy()
    },
  }
}

export const v4a = { forClient }
