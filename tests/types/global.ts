// The script-tag build: a global.

import 'gatesign/global'

export const client = apigClientFactory.newClient({ invokeUrl: 'https://example.com' })
export const signer = globalThis.apigClientFactory.createSigner({
  accessKeyId: 'a',
  secretAccessKey: 'b',
  region: 'r',
  service: 's',
})
