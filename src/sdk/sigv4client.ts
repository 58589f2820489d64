// `sigV4Client` of serverless-stack and of AWS's samples, which signs a request and leaves the sending to its caller.
//
// https://github.com/AnomalyInnovations/sigV4Client

import type { Signer, SignerOptions } from '../../pkg-template/index.js'
import type { SigV4Config, SigV4Request, sigV4Client } from '../../pkg-template/sigv4client.js'

type CreateSigner = (options: SignerOptions) => Signer
type Values = Record<string, unknown>

const JSON_TYPE = 'application/json'
/** A lone surrogate, which no URL can contain. */
const HALF = /\p{Surrogate}/gu

export const sigV4ClientWith = (createSigner: CreateSigner): typeof sigV4Client => ({
  newClient(config: SigV4Config) {
    const { accessKey, secretKey, sessionToken, endpoint } = objectOf('config', config)
    // As in the original: without keys there is no signRequest.
    if (accessKey === undefined || secretKey === undefined) return {} as never
    for (const [name, value] of Object.entries({ accessKey, secretKey, endpoint }))
      if (typeof value !== 'string' || value === '')
        throw new TypeError(`${name} must be a non-empty string; got ${kindOf(value)}`)
    const [, origin] = /^(https?:\/\/[^/?#]+)/i.exec(endpoint as string) ?? []
    if (origin === undefined) throw new TypeError('endpoint must be an http or https URL')
    const client = {
      serviceName: (config.serviceName || 'execute-api') as string,
      region: (config.region || 'us-east-1') as string,
      defaultAcceptType: (config.defaultAcceptType || JSON_TYPE) as string,
      defaultContentType: (config.defaultContentType || JSON_TYPE) as string,
      endpoint: origin,
      pathComponent: (endpoint as string).slice(origin.length),
    }
    const { region, serviceName: service } = client
    const identity = { accessKeyId: accessKey as string, secretAccessKey: secretKey as string }
    const signer = createSigner({ ...identity, ...(sessionToken ? { sessionToken } : {}), region, service })
    return { ...client, signRequest: (request: SigV4Request) => signed(signer, client, request) }
  },
})

type Defaults = {
  endpoint: string
  pathComponent: string
  defaultAcceptType: string
  defaultContentType: string
}

function signed(signer: Signer, client: Defaults, request: SigV4Request) {
  const {
    method,
    path,
    headers: requestHeaders,
    queryParams,
    body: value,
  } = objectOf<object>('request', request) as Values
  for (const [name, part] of Object.entries({ method, path }))
    if (typeof part !== 'string') throw new TypeError(`${name} must be a string; got ${kindOf(part)}`)
  const verb = (method as string).toUpperCase()
  const headers = { ...(objectOf('headers', requestHeaders ?? {}) as Record<string, string>) }
  for (const [name, header] of Object.entries(headers))
    if (header === undefined || header === null) delete headers[name]
  const has = (wantedName: string) => Object.keys(headers).some((name) => name.toLowerCase() === wantedName)
  if (!has('accept')) headers.Accept = client.defaultAcceptType
  const typed = has('content-type') ? headers : { 'Content-Type': client.defaultContentType, ...headers }
  const body = bodyOf(verb, value)
  const signed = signer.sign({
    method: verb,
    url: client.endpoint + withQuery(atHost(client.pathComponent + path), queryOf(queryParams)),
    headers: body === '' ? without(typed, 'content-type') : typed,
    body,
  })
  // The headers of the signature, with the names that callers of the original read.
  const written: Record<string, string> = { ...typed }
  for (const [name, text] of Object.entries(signed.headers))
    if (!has(name) && name !== 'content-type' && name !== 'accept')
      written[name === 'authorization' ? 'Authorization' : name] = text
  return { headers: written, url: signed.url }
}

/** The body that the caller sends: an object is sent as JSON, as in the original, and anything else as it is. */
function bodyOf(verb: string, value: unknown): string | ArrayBuffer | ArrayBufferView | URLSearchParams {
  if (value === undefined || value === null || verb === 'GET' || verb === 'HEAD') return ''
  if (typeof value === 'string' || ArrayBuffer.isView(value)) return value
  if (value instanceof ArrayBuffer || value instanceof URLSearchParams) return value
  return JSON.stringify(value) ?? ''
}

/** Encoded as RFC 3986 says, and sorted as in the original, which is the order of the signature. */
function queryOf(params: unknown): string {
  const pairs = Object.entries(objectOf('queryParams', params ?? {}) as Values)
  return pairs
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`)
    .sort()
    .join('&')
}

const encoded = (text: string) =>
  encodeURIComponent(text.replace(HALF, '?')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** After a host without a path, a path without a slash would become part of the host's name. */
const atHost = (path: string) => (/^[/?]/.test(path) || path === '' ? path : `/${path}`)

const withQuery = (path: string, query: string) =>
  query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`

const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([one]) => one.toLowerCase() !== name))

function objectOf<T>(name: string, value: T): T {
  if (typeof value === 'object' && value !== null) return value
  throw new TypeError(`${name} must be an object; got ${kindOf(value)}`)
}

/** The value is never shown: it may be a key. */
function kindOf(value: unknown) {
  if (value === '') return 'an empty one'
  return value === null ? 'null' : typeof value
}
