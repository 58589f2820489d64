// One request of a collection, made as the web tester makes it, and sent as `call` sends.

import { createSigner, newClient } from 'gatesign'
import { type Credentials, canSign } from '../../../www/src/model/credentials.ts'
import { type Call, CallProblem } from '../../../www/src/sign/call.ts'
import { Failure, LONGEST_TIMER } from '../files.ts'
import type { Connecting } from '../http/connect.ts'
import { brokenOff, exchange } from '../http/exchange.ts'
import { type ProxyOptions, proxyOf } from '../http/proxy.ts'
import type { Received } from './assertions.ts'

/** The most bytes of an answer. */
const LONGEST = 64 * 1024 * 1024

interface Ready {
  method: string
  url: string
  headers: Record<string, string>
}

/** Whether the request contains a secret, or something derived from one. */
export const usesCredentials = (call: Call) =>
  call.signing !== 'none' || call.withApiKey || call.scheme !== ''

/** @throws {CallProblem} */
async function ready(call: Call, credentials: Credentials): Promise<Ready> {
  check(call, credentials)
  const { accessKeyId, secretAccessKey, sessionToken, apiKey } = credentials
  const { region, regionSet, service } = call
  const headers: [string, string][] = [...call.headers]
  const query = [...call.query]
  if (call.withApiKey && call.keyPlace === 'query') query.push([call.keyName, apiKey])
  else if (call.withApiKey) headers.push([call.keyName, apiKey])
  if (call.scheme === 'bearer') headers.push(['authorization', `Bearer ${credentials.bearerToken}`])
  if (call.scheme === 'basic') {
    const user = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
    headers.push(['authorization', `Basic ${user}`])
  }
  // Its module is loaded only where it signs.
  const v4a = call.signing !== 'none' && regionSet !== '' ? await import('gatesign/v4a') : undefined
  const scope = v4a ? { signature: v4a.v4a, regionSet, service } : { region, service }
  const keys = { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken, ...scope }
  const client = newClient({
    invokeUrl: call.invokeUrl,
    ...(call.signing === 'header' && keys),
    defaultAcceptType: '*/*',
    systemClockOffset: call.clockOffset,
  })
  try {
    const signed = await client.sign({
      pathParams: call.pathParams,
      pathTemplate: call.pathTemplate,
      method: call.method,
      additionalParams: { headers, queryParams: query },
      body: call.body ?? undefined,
    })
    if (call.signing !== 'query') return signed
    const identity = { accessKeyId, secretAccessKey, sessionToken, service }
    const signer = v4a ? v4a.createSigner({ ...identity, regionSet }) : createSigner({ ...identity, region })
    const { method, url } = signed
    const hashed = call.body && {
      bodyHash: signer.explain({ method: 'POST', url, body: call.body }).payloadHash,
    }
    const date = Date.now() + call.clockOffset
    return { ...signed, url: signer.presign({ method, url, expiresIn: call.expiresIn, date, ...hashed }) }
  } finally {
    client.destroy()
  }
}

function check(call: Call, credentials: Credentials) {
  const missing =
    call.signing !== 'none' && !canSign(credentials)
      ? 'there are no credentials to sign with'
      : call.withApiKey && credentials.apiKey === ''
        ? 'there is no API key: set GATESIGN_API_KEY or give --api-key-file'
        : call.scheme === 'bearer' && credentials.bearerToken === ''
          ? 'there is no bearer token: write the header with a variable'
          : call.scheme === 'basic' && credentials.username === '' && credentials.password === ''
            ? 'there are no user and password: write the header with a variable'
            : ''
  if (missing !== '') throw new CallProblem('auth', missing)
}

/** @throws {CallProblem | Failure | TypeError} */
export async function sendCall(
  call: Call,
  credentials: Credentials,
  connecting: Connecting & { proxies: ProxyOptions },
  timeout: number,
): Promise<Received> {
  const { method, url: text, headers } = await ready(call, credentials)
  const url = new URL(text)
  const all = new Map(Object.entries(headers))
  all.delete('host')
  if (!all.has('user-agent')) all.set('user-agent', 'gatesign-run')
  const body = call.body ? Buffer.from(call.body) : undefined
  if (body || !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method))
    all.set('content-length', String(body?.length ?? 0))
  const controller = new AbortController()
  const late = new Failure(28, `no answer within ${timeout} ms`)
  const timer =
    timeout > 0 && timeout <= LONGEST_TIMER ? setTimeout(() => controller.abort(late), timeout) : undefined
  const began = performance.now()
  try {
    const outgoing = { method, url, headers: [['Host', url.host], ...all].flat(), body }
    const proxy = proxyOf(url, connecting.proxies, process.env)
    const { message } = await exchange(outgoing, proxy, connecting, controller.signal)
    const abort = () => message.destroy(late)
    controller.signal.addEventListener('abort', abort)
    const chunks: Buffer[] = []
    let size = 0
    try {
      for await (const chunk of message) {
        size += chunk.length
        if (size > LONGEST) throw new Failure(56, `the answer is larger than ${LONGEST} bytes`)
        chunks.push(chunk)
      }
    } catch (error) {
      throw controller.signal.aborted ? late : brokenOff(error as Error)
    }
    return {
      status: message.statusCode ?? 0,
      time: performance.now() - began,
      headers: new Map(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString(),
    }
  } finally {
    clearTimeout(timer)
  }
}
