// Calls of the package under Vitest, in the environment that the command names.

import { diagnose, newClient } from 'gatesign'
import { expect, test } from 'vitest'

const { INVOKE_URL: invokeUrl, ACCESS_KEY: accessKey, SECRET_KEY: secretKey, ENVIRONMENT } = process.env
const config = { invokeUrl, region: 'us-east-1', accessKey, secretKey }

test('the environment is that of a page', () => {
  expect(typeof document, ENVIRONMENT).toBe('object')
})

test('a signed call', async () => {
  const { data } = await newClient(config).invokeApi({}, '/movie_list', 'GET')
  expect(data.Items.length).toBeGreaterThan(0)
})

test('a body of each kind that the environment has', async () => {
  const form = new FormData()
  form.append('title', 'Das Boot – ü')
  for (const body of [{ title: 'Heat' }, new Blob(['bytes']), form, new URLSearchParams({ a: 'b' })]) {
    const { status } = await newClient(config).invokeApi({}, '/echo', 'POST', {}, body)
    expect(status).toBe(200)
  }
})

test('a wrong secret key', async () => {
  const client = newClient({ ...config, secretKey: 'not-the-right-secret' })
  const error = await client.invokeApi({}, '/movie_list', 'GET').catch((caught) => caught)
  expect(error.response.status).toBe(403)
  expect(diagnose(error).kind).toBe('SignatureDoesNotMatch')
})
