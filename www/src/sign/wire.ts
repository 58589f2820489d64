// Makes the request that is sent for a call, with given credentials at a given time, and explains its signature.

import { base64 } from '../model/base64'
import type { Credentials } from '../model/credentials'
import { canSign } from '../model/credentials'
import { without } from '../model/secrets'
import { type Call, CallProblem } from './call'
import { createSigner, type Explanation, loadV4a, newClient, v4aModule } from './gatesign'

/** A request for fetch. It is never stored, because its headers or URL contain credentials. */
export interface Wire {
  method: string
  url: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer> | null
}

export interface Explained extends Explanation {
  /** Whether the steps result in the signature that is sent. */
  proved: boolean
}

/** Loads what this call needs to be signed or explained: most calls need nothing. */
export async function loadFor({ signing, regionSet }: Call): Promise<void> {
  if (signing !== 'none' && regionSet !== '') await loadV4a()
}

/** The configuration of `newClient`; signatures in the query are added by `presign`. */
export function configOf(call: Call, credentials: Credentials) {
  checkCredentials(call, credentials)
  const inHeader = call.signing === 'header'
  return {
    invokeUrl: call.invokeUrl.replace(/^ws/i, 'http'),
    ...(inHeader && {
      accessKey: credentials.accessKeyId,
      secretKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      ...(call.regionSet === ''
        ? { region: call.region }
        : { signature: v4aModule().v4a, regionSet: call.regionSet }),
      service: call.service,
    }),
    apiKey: hasPlainKey(call) ? credentials.apiKey : '',
    defaultAcceptType: '*/*',
    systemClockOffset: call.clockOffset,
    retries: call.retries,
    retryDelay: call.backoff === 'exponential' ? ('exponential' as const) : 0,
  }
}

/** Whether the API key is in the place where the package itself puts it. */
const hasPlainKey = ({ withApiKey, keyName, keyPlace, webSocket }: Call) =>
  withApiKey && !webSocket && keyPlace === 'header' && keyName.toLowerCase() === 'x-api-key'

/** Credentials that are sent as they are: an API key with a custom name, a bearer token, a password. */
function plainCredentials(call: Call, { apiKey, bearerToken, username, password }: Credentials) {
  const headers: [string, string][] = []
  const query: [string, string][] = []
  if (call.withApiKey && call.keyPlace === 'query') query.push([call.keyName, apiKey])
  else if (call.withApiKey && !call.webSocket && !hasPlainKey(call)) headers.push([call.keyName, apiKey])
  if (call.scheme === 'bearer') headers.push(['authorization', `Bearer ${bearerToken}`])
  // UTF-8, which RFC 7617 allows for servers that ask for it, and which browsers use for all.
  if (call.scheme === 'basic') headers.push(['authorization', `Basic ${base64(`${username}:${password}`)}`])
  return { headers, query }
}

/** The call in the form of `sign`, `explain` and `invokeApi`. */
export function requestOf(call: Call, credentials: Credentials) {
  const { headers, query } = plainCredentials(call, credentials)
  return {
    pathParams: call.pathParams,
    pathTemplate: call.pathTemplate,
    method: call.method,
    additionalParams: { headers: [...call.headers, ...headers], queryParams: [...call.query, ...query] },
    body: call.body ?? undefined,
  }
}

/** The request that would be sent now. */
export async function wireOf(call: Call, credentials: Credentials): Promise<Wire> {
  await loadFor(call)
  const { method, url, headers } = await newClient(configOf(call, credentials)).sign(
    requestOf(call, credentials),
  )
  const wire = { method, url: call.webSocket ? url.replace(/^http/, 'ws') : url, headers, body: call.body }
  return call.signing === 'query' ? presigned(wire, call, credentials, Date.now() + call.clockOffset) : wire
}

/** Puts the signature into the query. */
export function presigned(wire: Wire, call: Call, credentials: Credentials, date: number): Wire {
  const url = signerOf(call, credentials).presign({
    method: wire.method,
    url: wire.url,
    headers: headersInUrl(wire, call),
    expiresIn: call.expiresIn,
    date,
    body: wire.body,
  })
  return { ...wire, url }
}

/**
 * The headers that a URL signs besides the host: the caller's payload hash, and other headers of AWS. S3 refuses those
 * that are sent and not signed; a WebSocket is opened without any:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
const headersInUrl = ({ headers }: Wire, { webSocket }: Call) =>
  Object.entries(headers).filter(([name]) => !webSocket && name.startsWith('x-amz-'))

/** Headers that the signer writes itself. */
const OF_SIGNER = ['host', 'x-amz-date', 'x-amz-region-set', 'x-amz-security-token']

/** The steps to the signature of a request; undefined if it has none. */
export function explainWire(wire: Wire, call: Call, credentials: Credentials): Explained | undefined {
  if (call.signing === 'none') return undefined
  const signer = signerOf(call, credentials)
  if (call.signing === 'query') {
    const signed = new URL(wire.url).searchParams
    const explanation = signer.explain({
      method: wire.method,
      url: wire.url,
      headers: headersInUrl(wire, call),
      body: wire.body,
      expiresIn: call.expiresIn,
      date: signed.get('X-Amz-Date') ?? '',
    })
    const proved = signed.get('X-Amz-Signature') === explanation.signature
    return shown({ ...explanation, proved }, call, credentials)
  }
  const authorization = wire.headers.authorization ?? ''
  const signed = new Set(/SignedHeaders=([^,\s]+)/.exec(authorization)?.[1]?.split(';'))
  const headers = Object.entries(wire.headers).filter(
    ([name]) => signed.has(name) && !OF_SIGNER.includes(name),
  )
  const explanation = signer.explain({
    method: wire.method,
    url: wire.url,
    headers,
    body: wire.body,
    date: wire.headers['x-amz-date'] ?? '',
  })
  return shown(
    { ...explanation, proved: authorization.endsWith(`Signature=${explanation.signature}`) },
    call,
    credentials,
  )
}

/** The package redacts its own API key; one with a name that it does not know is redacted here. */
function shown(explained: Explained, call: Call, { apiKey }: Credentials): Explained {
  if (!call.withApiKey || hasPlainKey(call)) return explained
  return { ...explained, canonicalRequest: without(explained.canonicalRequest, [apiKey]) }
}

function signerOf(call: Call, credentials: Credentials) {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const { region, regionSet, service } = call
  const options = { accessKeyId, secretAccessKey, sessionToken, service }
  return regionSet === ''
    ? createSigner({ ...options, region })
    : v4aModule().createSigner({ ...options, regionSet })
}

function checkCredentials(call: Call, credentials: Credentials) {
  if (call.signing !== 'none' && !canSign(credentials)) {
    throw new CallProblem(
      'auth',
      'Enter an access key id and a secret access key to sign, or choose no authorization.',
    )
  }
  if (call.withApiKey && credentials.apiKey === '')
    throw new CallProblem('auth', 'Enter the API key, or do not send one.')
  if (call.scheme === 'bearer' && credentials.bearerToken === '')
    throw new CallProblem('auth', 'Enter the token, or choose no authorization.')
  if (call.scheme === 'basic' && credentials.username === '' && credentials.password === '')
    throw new CallProblem('auth', 'Enter user and password, or choose no authorization.')
}
