// gatesign/sigv4client: what code for the original passes and reads.

import byDefault, { type SigV4Client, sigV4Client } from 'gatesign/sigv4client'

declare const credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

const client: SigV4Client = byDefault.newClient({
  accessKey: credentials.accessKeyId,
  secretKey: credentials.secretAccessKey,
  sessionToken: credentials.sessionToken,
  region: 'us-east-1',
  endpoint: 'https://example.com/prod',
})
const { headers, url } = client.signRequest({
  method: 'GET',
  path: '/pets',
  headers: {},
  queryParams: { a: 1 },
})
export const sent = fetch(url, { method: 'GET', headers })
export const hosts: string[] = [client.endpoint, client.pathComponent, headers.Authorization ?? '']

// @ts-expect-error the endpoint is missing
sigV4Client.newClient({ accessKey: 'a', secretKey: 'b' })
// @ts-expect-error the path is missing
client.signRequest({ method: 'GET' })
