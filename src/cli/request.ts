// The request that the options describe, and who signs it.

import { createSigner, endpointOf, type Signer } from 'gatesign'
import { bodyOf, dataOf, uploadName, urlencoded } from './body.ts'
import { credentialsOf, profileOf } from './credentials.ts'
import { headersOf } from './headers.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { shown } from './shown.ts'

/** The request for the signer. */
export interface CallRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: Buffer | undefined
  /** Default headers that must not be sent. */
  omitted: ReadonlySet<string>
}

export function requestOf(args: Arguments): CallRequest {
  const body = bodyOf(args)
  const { sent, omitted } = headersOf(args)
  if (body?.contentType && !sent.has('content-type') && !omitted.has('content-type')) {
    sent.set('content-type', body.contentType)
  }
  if (args.has('json') && !sent.has('accept')) sent.set('accept', 'application/json')
  const method = methodOf(args, body !== undefined)
  return { method, url: urlOf(args), headers: Object.fromEntries(sent), body: body?.bytes, omitted }
}

function methodOf(args: Arguments, hasBody: boolean): string {
  if (args.has('head') && hasBody) throw new Usage('-I has no body: add -G to send the data in the query')
  const byDefault = args.has('head') ? 'HEAD' : args.has('upload-file') ? 'PUT' : hasBody ? 'POST' : 'GET'
  return (args.text('request') || byDefault).toUpperCase()
}

export function urlOf(args: Arguments): URL {
  const url = URL.canParse(args.argument) ? new URL(args.argument) : undefined
  if (!url || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new Usage('the URL must begin with https:// or http://')
  }
  if (url.username || url.password)
    throw new Usage('the URL must not contain a user name: it cannot be signed')
  if (url.pathname.endsWith('/')) url.pathname += uploadName(args)
  const added = args
    .all('url-query')
    .map(({ value }) => (value[0] === '+' ? value.slice(1) : urlencoded(value)))
  if (args.has('get')) added.push(dataOf(args).toString())
  // Set once, because the platform parses the whole query at each change.
  url.search = [url.search.slice(1), ...added].filter((text) => text !== '').join('&')
  url.hash = ''
  return url
}

/** @returns undefined if the request goes unsigned */
export async function signerOf(args: Arguments, url: URL): Promise<Signer | undefined> {
  if (args.has('no-sign')) return undefined
  const scope = scopeOf(args)
  if (args.has('user') && !scope) {
    throw new Usage(
      '-u sends Basic authorization in place of the signature: add --no-sign, or --aws-sigv4 if these are keys',
    )
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const named = endpointOf(url)
  // A host with a region in its name accepts signatures only for that region, whatever the environment says.
  const region =
    args.text('region') ??
    (scope?.region ||
      named.region ||
      AWS_REGION ||
      AWS_DEFAULT_REGION ||
      profileOf(args.text('profile')).region)
  const regionSet = regionSetOf(args)
  if (!region && regionSet === undefined) throw new Usage('no region: give --region or set AWS_REGION')
  const log = args.has('verbose') ? (line: string) => console.error(`* ${shown(line)}`) : undefined
  const identity = identityOf(args) ?? (await credentialsOf(args.text('profile'), log))
  const service = args.text('service') ?? (scope?.service || named.service || 'execute-api')
  if (regionSet !== undefined) {
    // Its module is loaded only where it signs.
    const v4a = await import('gatesign/v4a')
    return v4a.createSigner({ ...identity, regionSet, service })
  }
  const signer = createSigner({ ...identity, region: region ?? '', service })
  const { warning } = signer.explain({ url })
  const isSilent = args.has('silent') && !args.has('show-error')
  if (warning && !isSilent) console.error(`gatesign: ${shown(warning)}`)
  return signer
}

/**
 * The regions of a signature of Version 4A; undefined for one of Version 4.
 *
 * @throws {Usage} with --region
 */
export function regionSetOf(args: Arguments): string | undefined {
  const regionSet = args.text('region-set')
  if (regionSet !== undefined && args.has('region')) {
    throw new Usage('--region-set and --region exclude each other')
  }
  return regionSet
}

/** `aws:amz:REGION:SERVICE`. Region and service may be missing; then the usual defaults apply. */
function scopeOf(args: Arguments): { region: string; service: string } | undefined {
  const text = args.text('aws-sigv4')
  if (text === undefined) return undefined
  const [provider, , region = '', service = ''] = text.split(':')
  if (provider !== 'aws') throw new Usage('--aws-sigv4 takes aws:amz:REGION:SERVICE')
  return { region, service }
}

/** The keys in the arguments, in curl's or awscurl's form. */
function identityOf(args: Arguments) {
  const sessionToken = args.text('session-token')
  const token = sessionToken ? { sessionToken } : {}
  if (args.has('user')) {
    const [accessKeyId = '', ...rest] = (args.text('user') ?? '').split(':')
    const secretAccessKey = rest.join(':')
    if (!accessKeyId || !secretAccessKey) throw new Usage('-u takes ACCESS_KEY_ID:SECRET_ACCESS_KEY')
    return { accessKeyId, secretAccessKey, ...token }
  }
  const accessKeyId = args.text('access-key')
  const secretAccessKey = args.text('secret-key')
  if (!accessKeyId && !secretAccessKey) return undefined
  if (!accessKeyId || !secretAccessKey) throw new Usage('--access-key and --secret-key belong together')
  return { accessKeyId, secretAccessKey, ...token }
}

/** The Authorization header of an unsigned request. */
export function basicOf(args: Arguments): string | undefined {
  const user = args.text('user')
  if (user === undefined) return undefined
  if (!user.includes(':')) throw new Usage('-u takes USER:PASSWORD: call does not ask for a password')
  return `Basic ${Buffer.from(user).toString('base64')}`
}
