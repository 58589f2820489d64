// invokeApi, and what it resolves and rejects with.

import type { ApiError, ApiResponse, Client, SignedRequest } from 'gatesign'

interface Pet {
  id: number
  name: string
}

export async function call(client: Client): Promise<Pet> {
  const { data, status, headers, config, request } = await client.invokeApi<Pet>(
    { id: 1, tags: ['a', 'b'], filter: { a: 1 } },
    '/pets/{id}{?tags*,filter}',
    'put',
    {
      headers: new Headers({ 'x-a': '1' }),
      queryParams: new URLSearchParams('a=1'),
      timeout: 1000,
      signal: AbortSignal.timeout(1000),
      responseType: 'json',
      signPayload: true,
    },
    { name: 'Rex' },
  )
  const cookies: string | string[] | undefined = headers['set-cookie']
  const retried: number | undefined = config['axios-retry']?.retryCount
  const sent: Request = request
  console.log(status, cookies, retried, sent.url, config.method, config.timeout)
  return data
}

export async function failures(client: Client): Promise<number | undefined> {
  try {
    await client.invokeApi(null, '', 'GET')
  } catch (caught) {
    const error = caught as ApiError<{ message: string }>
    const response: ApiResponse<{ message: string }> | undefined = error.response
    if (error.code === 'ECONNABORTED' || error.isAxiosError)
      console.log(error.toJSON(), response?.data.message)
    return response?.status
  }
  return undefined
}

export async function bodies(client: Client) {
  const options = { headers: { 'content-type': 'application/octet-stream' } }
  for (const body of [
    'text',
    7,
    false,
    new Uint8Array(4),
    new ArrayBuffer(4),
    new Blob([]),
    new FormData(),
    new URLSearchParams(),
    new ReadableStream(),
    [1],
  ]) {
    await client.invokeApi({}, '/x', 'POST', options, body)
  }
  await client.invokeApi({}, '/x', 'GET', { queryParams: 'a=1&b=2' })
  await client.invokeApi({}, '/x', 'GET', { queryParams: new Map([['a', [1, null, true]]]) })
  await client.invokeApi({}, '/x', 'GET', { headers: { 'x-a': ['a', null, undefined] } })
  await client.invokeApi({}, '/x', 'GET', { headers: null, queryParams: null })
}

/** A request in its parts, or what fetch takes. */
export function sign(client: Client): Promise<SignedRequest>[] {
  // @ts-expect-error a URL is a text, a URL or a Request
  client.sign(5)
  const headers = { 'x-a': ['1', '2'], 'x-b': undefined }
  return [
    client.sign({ pathTemplate: '/movies' }),
    client.sign('/stage/movies', { method: 'POST', headers, body: new FormData() }),
  ]
}
