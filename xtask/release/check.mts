import { type ApiResponse, type Client, newClient } from 'gatesign'
import { init } from 'gatesign/slim'
import { SignatureV4 } from 'gatesign/smithy'

const client: Client = newClient({ invokeUrl: 'https://example.com', apiKey: 'key' })
const call: Promise<ApiResponse<{ Items: string[] }>> = client.invokeApi({}, '', 'GET')
const ready: Promise<void> = init()
const signer = new SignatureV4({
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  region: 'r',
  service: 's',
})
// @ts-expect-error: invokeUrl is needed
newClient({})

export { call, ready, signer }
