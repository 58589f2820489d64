// The request that the options describe, and who signs it.

import { readFileSync } from 'node:fs'
import { createSigner, type Signer } from 'gatesign'
import { apiOf } from '../js/host.js'
import { credentialsOf, profileOf } from './credentials.ts'
import { type RequestOptions, Usage } from './options.ts'

/** As the signer takes it. */
export interface CallRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string | Buffer | undefined
}

export function requestOf({ request, header = [], data, url }: RequestOptions): CallRequest {
  const headers = headersOf(header)
  const body = data === undefined ? undefined : bodyOf(data)
  if (body !== undefined && headers['content-type'] === undefined) {
    headers['content-type'] = 'application/json'
  }
  return { method: (request ?? (body === undefined ? 'GET' : 'POST')).toUpperCase(), url, headers, body }
}

export async function signerOf(options: RequestOptions): Promise<Signer> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  // A host that names its region takes no signature for another one, whatever the environment says.
  const region =
    options.region ??
    (apiOf(options.url.hostname)?.region ||
      AWS_REGION ||
      AWS_DEFAULT_REGION ||
      profileOf(options.profile).region)
  if (!region) throw new Usage('no region: give --region or set AWS_REGION')
  const identity = await credentialsOf(options.profile)
  return createSigner({ ...identity, region, service: options.service ?? 'execute-api' })
}

function headersOf(lines: string[]): Record<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    // The line may hold a key, so it is not shown.
    if (colon < 1) throw new Usage("-H takes 'Name: value'")
    const name = line.slice(0, colon).trim().toLowerCase()
    const before = headers.has(name) ? `${headers.get(name)}, ` : ''
    headers.set(name, before + line.slice(colon + 1).trim())
  }
  return Object.fromEntries(headers)
}

function bodyOf(data: string): string | Buffer {
  if (!data.startsWith('@')) return data
  const file = data.slice(1)
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    throw new Usage(`-d: ${(error as Error).message}`)
  }
}
