// The packages of the README's comparison, each used as its own document says: signing in headers and in the
// query, and calling where the package calls.

import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import gatewayClient from 'aws-api-gateway-client'
import aws4 from 'aws4'
import { AwsClient } from 'aws4fetch'
import { createSigner as createV4aSigner } from '../../pkg/v4a.mjs'
import { createSigner, newClient } from '../../pkg/web.mjs'

export const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const SCOPE = { region: 'us-east-1', service: 'execute-api' }

function smithyRequest(url) {
  const { protocol, host, hostname, port, pathname } = new URL(url)
  return { method: 'GET', protocol, hostname, port, path: pathname, query: {}, headers: { host } }
}

const smithy = (options) => new SignatureV4({ credentials: KEYS, ...SCOPE, sha256: Sha256, ...options })

/**
 * `sign` gives the headers and `presign` the URL; `call` sends GET to a path template with `{id}` and gives the
 * status, or rejects; `signForRegions` gives the headers of Signature Version 4A. A package without one of them has none here.
 */
export const PACKAGES = {
  gatesign: {
    sign: (url, { credentials = KEYS, ...scope } = {}) =>
      createSigner({ ...credentials, ...SCOPE, ...scope }).sign({ url }).headers,
    presign: (url) => createSigner({ ...KEYS, ...SCOPE }).presign({ url, expiresIn: 60 }),
    signForRegions: (url, regionSet) =>
      createV4aSigner({ ...KEYS, service: SCOPE.service, regionSet }).sign({ url }).headers,
    call: async (origin, { credentials = KEYS, retries, path = '/pets/{id}' } = {}) => {
      const client = newClient({ invokeUrl: origin, credentials, region: 'us-east-1', retries })
      return (await client.invokeApi({ id: 7 }, path, 'GET')).status
    },
  },
  'aws-api-gateway-client': {
    call: async (origin, { credentials = KEYS, retries, path = '/pets/{id}', region = 'us-east-1' } = {}) => {
      const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = credentials
      const keys =
        typeof credentials === 'function' ? { credentials } : { accessKey, secretKey, sessionToken }
      const retryCondition = () => true
      const client = gatewayClient.default.newClient({
        ...{ invokeUrl: origin, ...keys, region, retries, retryCondition },
      })
      return (await client.invokeApi({ id: 7 }, path, 'GET', {}, {})).status
    },
  },
  aws4: {
    sign: (url, { credentials = KEYS, ...scope } = {}) => {
      const { host, pathname } = new URL(url)
      return aws4.sign({ host, path: pathname, headers: {}, ...SCOPE, ...scope }, credentials).headers
    },
    presign: (url) => {
      const { host, pathname } = new URL(url)
      return aws4.sign({ host, path: pathname, signQuery: true, headers: {}, ...SCOPE }, KEYS).path
    },
  },
  aws4fetch: {
    sign: async (url, { credentials = KEYS, ...scope } = {}) => {
      const client = new AwsClient({ ...givenTo(credentials), ...SCOPE, ...scope })
      return Object.fromEntries((await client.sign(url)).headers)
    },
    presign: async (url) =>
      (await new AwsClient({ ...KEYS, ...SCOPE }).sign(url, { aws: { signQuery: true } })).url,
    call: async (origin, { credentials = KEYS, retries = 0, path = '/pets/{id}' } = {}) => {
      const client = new AwsClient({ ...givenTo(credentials), ...SCOPE, retries })
      return (await client.fetch(origin + path)).status
    },
  },
  '@smithy/signature-v4': {
    sign: async (url, options = {}) => (await smithy(options).sign(smithyRequest(url))).headers,
    presign: async (url) => {
      const { query } = await smithy().presign(smithyRequest(url), { expiresIn: 60 })
      return new URLSearchParams(query).toString()
    },
  },
}

/** A provider is given as credentials are; the package says whether it takes one. */
const givenTo = (credentials) => (typeof credentials === 'function' ? { credentials } : credentials)
