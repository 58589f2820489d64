// Signs a request that arrived, and removes its earlier signature.

import { createSigner, endpointOf, type Signer } from 'gatesign'
import { RENEWED_EARLY } from '../../js/bounds.ts'
import { credentialsOf, profileOf } from '../credentials.ts'
import { Failure } from '../files.ts'
import { endToEnd } from '../http/end-to-end.ts'
import type { Arguments } from '../options/parse.ts'
import { regionSetOf } from '../request.ts'

/** Headers of an earlier signature, or of a browser. */
const DROPPED =
  /^(?:authorization|x-amz-date|x-amz-security-token|x-amz-content-sha256|x-amz-region-set|origin|referer|sec-fetch-.*)$/

const SIGNED_QUERY =
  /^x-amz-(?:algorithm|credential|date|expires|region-set|signedheaders|signature|security-token)$/i

/** ms: how long credentials without an expiration are kept. */
const KEPT = 15 * 60_000

/** The headers that are forwarded, in order. */
export function ownHeaders(raw: string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let i = 0; i < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? ''])
  const isPage = pairs.some(([name]) => name.toLowerCase() === 'origin')
  return endToEnd(pairs).filter(([name]) => {
    const lower = name.toLowerCase()
    return !DROPPED.test(lower) && !(isPage && lower === 'cookie')
  })
}

/** The URL without an earlier signature in its query. */
export function unsignedUrl(url: URL): URL {
  const parts = url.search.slice(1).split('&')
  const own = parts.filter((part) => !SIGNED_QUERY.test(part.split('=')[0] ?? ''))
  if (own.length === parts.length) return url
  const clean = new URL(url)
  clean.search = own.join('&')
  return clean
}

/** One signer for each host, with credentials that are still valid. */
export class Signers {
  readonly #args: Arguments
  #current:
    | Promise<{ signers: Map<string, Signer>; make: (host: string) => Signer; until: number }>
    | undefined

  constructor(args: Arguments) {
    this.#args = args
  }

  async of(hostname: string): Promise<Signer> {
    this.#current ??= this.#load()
    let current = await this.#current
    if (Date.now() > current.until) {
      this.#current = this.#load()
      current = await this.#current
    }
    const cached = current.signers.get(hostname)
    if (cached) return cached
    const signer = current.make(hostname)
    current.signers.set(hostname, signer)
    return signer
  }

  async #load() {
    const args = this.#args
    const profile = args.text('profile')
    try {
      const identity = await credentialsOf(profile)
      const ends = identity.expiration
        ? new Date(identity.expiration).getTime() - RENEWED_EARLY
        : Number.POSITIVE_INFINITY
      const regionSet = regionSetOf(args)
      // Its module is loaded only where it signs.
      const v4a = regionSet === undefined ? undefined : await import('gatesign/v4a')
      const signPayload = !args.has('unsigned-payload')
      const make = (hostname: string) => {
        const named = endpointOf(hostname)
        const service = args.text('service') ?? (named.service || 'execute-api')
        if (v4a && regionSet !== undefined)
          return v4a.createSigner({ ...identity, regionSet, service, signPayload })
        const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
        const region =
          args.text('region') ??
          (named.region || AWS_REGION || AWS_DEFAULT_REGION || profileOf(profile).region)
        if (!region) throw new Failure(1, 'no region: give --region or set AWS_REGION')
        return createSigner({ ...identity, region, service, signPayload })
      }
      return { signers: new Map<string, Signer>(), make, until: Math.min(ends, Date.now() + KEPT) }
    } catch (error) {
      this.#current = undefined
      throw error
    }
  }
}
