// What the types refuse: each line below would be a mistake.

import { type Client, createSigner, diagnose, newClient } from 'gatesign'
import { init } from 'gatesign/slim'
import { SignatureV4 } from 'gatesign/smithy'

const invokeUrl = 'https://example.com'

// @ts-expect-error invokeUrl is missing
newClient({})
// @ts-expect-error no configuration
newClient()
// @ts-expect-error a name that is not there
newClient({ invokeUrl, secretAccessKey: 'x' })
// @ts-expect-error not a format
newClient({ invokeUrl, queryArrayFormat: 'brackets' })
// @ts-expect-error not a delay
newClient({ invokeUrl, retryDelay: 'linear' })
// @ts-expect-error an identity without its secret
newClient({ invokeUrl, credentials: { accessKeyId: 'a' } })
// @ts-expect-error a provider that gives something else
newClient({ invokeUrl, credentials: async () => 'token' })

export async function misuse(client: Client) {
  // @ts-expect-error the method is missing
  await client.invokeApi({}, '/x')
  // @ts-expect-error the template is missing
  await client.invokeApi({}, undefined, 'GET')
  // @ts-expect-error an object in a query
  await client.invokeApi({}, '/x', 'GET', { queryParams: { a: { b: 1 } } })
  // @ts-expect-error no such type
  await client.invokeApi({}, '/x', 'GET', { responseType: 'document' })
  // @ts-expect-error expiresIn is missing
  await client.presign({ pathTemplate: '/x' })
  // @ts-expect-error arguments instead of one object
  await client.sign({}, '/x', 'GET')
  const { request } = await client.invokeApi({}, '/x', 'GET')
  // @ts-expect-error the method is there, but a Request has no statusText
  console.log(request.statusText)
}

const identity = { accessKeyId: 'a', secretAccessKey: 'b' }
// @ts-expect-error region and service are missing
createSigner(identity)
const signer = createSigner({ ...identity, region: 'r', service: 's' })
// @ts-expect-error the URL is missing
signer.sign({ method: 'GET' })
// @ts-expect-error a body that cannot be hashed at once
signer.sign({ url: invokeUrl, body: new Blob([]) })
// @ts-expect-error it is synchronous
signer.sign({ url: invokeUrl }).then(console.log)
// @ts-expect-error nothing to diagnose
diagnose()
// @ts-expect-error not a source
init(null)
// @ts-expect-error the service is missing
new SignatureV4({ credentials: identity, region: 'r' })
