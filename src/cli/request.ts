// The request that the options describe, and who signs it.

import { createSigner, endpointOf, type Signer } from 'gatesign'
import { bodyOf, dataOf, uploadName, urlencoded } from './body.ts'
import { credentialsOf, profileOf } from './credentials.ts'
import { headersOf } from './headers.ts'
import type { Given } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { shown } from './shown.ts'

/** As the signer takes it, with what is sent in addition to the signed headers. */
export interface CallRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: Buffer | undefined
  /** Headers that are not sent although they would be. */
  left: ReadonlySet<string>
}

export function requestOf(given: Given): CallRequest {
  const body = bodyOf(given)
  const { sent, left } = headersOf(given)
  if (body?.contentType && !sent.has('content-type') && !left.has('content-type')) {
    sent.set('content-type', body.contentType)
  }
  if (given.has('json') && !sent.has('accept')) sent.set('accept', 'application/json')
  const method = methodOf(given, body !== undefined)
  return { method, url: urlOf(given), headers: Object.fromEntries(sent), body: body?.bytes, left }
}

function methodOf(given: Given, hasBody: boolean): string {
  if (given.has('head') && hasBody) throw new Usage('-I has no body: add -G to send the data in the query')
  const byDefault = given.has('head') ? 'HEAD' : given.has('upload-file') ? 'PUT' : hasBody ? 'POST' : 'GET'
  return (given.text('request') || byDefault).toUpperCase()
}

export function urlOf(given: Given): URL {
  const url = URL.canParse(given.argument) ? new URL(given.argument) : undefined
  if (!url || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new Usage('the URL has to begin with https:// or http://')
  }
  if (url.username || url.password) throw new Usage('a user name in the URL cannot be signed')
  if (url.pathname.endsWith('/')) url.pathname += uploadName(given)
  const added = given
    .all('url-query')
    .map(({ value }) => (value[0] === '+' ? value.slice(1) : urlencoded(value)))
  if (given.has('get')) added.push(dataOf(given).toString())
  // In one piece: the platform reads the whole query again at each change.
  url.search = [url.search.slice(1), ...added].filter((text) => text !== '').join('&')
  url.hash = ''
  return url
}

/** @returns undefined if the request goes unsigned */
export async function signerOf(given: Given, url: URL): Promise<Signer | undefined> {
  if (given.has('no-sign')) return undefined
  const scope = scopeOf(given)
  if (given.has('user') && !scope) {
    throw new Usage(
      '-u sends Basic authorization, where the signature goes: add --no-sign, or --aws-sigv4 for keys',
    )
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const named = endpointOf(url)
  // A host that names its region takes no signature for another one, whatever the environment says.
  const region =
    given.text('region') ??
    (scope?.region ||
      named.region ||
      AWS_REGION ||
      AWS_DEFAULT_REGION ||
      profileOf(given.text('profile')).region)
  const regionSet = regionSetOf(given)
  if (!region && regionSet === undefined) throw new Usage('no region: give --region or set AWS_REGION')
  const told = given.has('verbose') ? (line: string) => console.error(`* ${shown(line)}`) : undefined
  const identity = identityOf(given) ?? (await credentialsOf(given.text('profile'), told))
  const service = given.text('service') ?? (scope?.service || named.service || 'execute-api')
  if (regionSet !== undefined) {
    // Its module is loaded only where it signs.
    const v4a = await import('gatesign/v4a')
    return v4a.createSigner({ ...identity, regionSet, service })
  }
  const signer = createSigner({ ...identity, region: region ?? '', service })
  const { warning } = signer.explain({ url })
  const isSilent = given.has('silent') && !given.has('show-error')
  if (warning && !isSilent) console.error(`gatesign: ${shown(warning)}`)
  return signer
}

/**
 * The regions of a signature of Version 4A; undefined for one of Version 4.
 *
 * @throws {Usage} with --region
 */
export function regionSetOf(given: Given): string | undefined {
  const regionSet = given.text('region-set')
  if (regionSet !== undefined && given.has('region')) {
    throw new Usage('--region-set has all regions of the signature: leave out --region')
  }
  return regionSet
}

/** `aws:amz:REGION:SERVICE`, of which the last two may be missing: then they come from where they come otherwise. */
function scopeOf(given: Given): { region: string; service: string } | undefined {
  const text = given.text('aws-sigv4')
  if (text === undefined) return undefined
  const [provider, , region = '', service = ''] = text.split(':')
  if (provider !== 'aws') throw new Usage('--aws-sigv4 takes aws:amz:REGION:SERVICE')
  return { region, service }
}

/** The keys that are in the arguments, as curl and awscurl take them. */
function identityOf(given: Given) {
  const sessionToken = given.text('session-token')
  const token = sessionToken ? { sessionToken } : {}
  if (given.has('user')) {
    const [accessKeyId = '', ...rest] = (given.text('user') ?? '').split(':')
    const secretAccessKey = rest.join(':')
    if (!accessKeyId || !secretAccessKey) throw new Usage('-u takes ACCESS_KEY_ID:SECRET_ACCESS_KEY')
    return { accessKeyId, secretAccessKey, ...token }
  }
  const accessKeyId = given.text('access-key')
  const secretAccessKey = given.text('secret-key')
  if (!accessKeyId && !secretAccessKey) return undefined
  if (!accessKeyId || !secretAccessKey) throw new Usage('--access-key and --secret-key belong together')
  return { accessKeyId, secretAccessKey, ...token }
}

/** The Authorization of a request without signature. */
export function basicOf(given: Given): string | undefined {
  const user = given.text('user')
  if (user === undefined) return undefined
  if (!user.includes(':')) throw new Usage('-u takes USER:PASSWORD: call asks for no password')
  return `Basic ${Buffer.from(user).toString('base64')}`
}
