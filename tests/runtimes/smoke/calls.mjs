// Calls that succeed: what arrives is what was signed and meant.

import {
  API_KEY,
  beyondAscii,
  fromBase64,
  headerOf,
  LONG_LIVED,
  REGION,
  rejection,
  same,
  sent,
  signedClient,
  thrown,
} from './support.mjs'

/** @type {import('./support.mjs').Check[]} */
export const CALLS = [
  [
    'the sample call is signed and verified',
    async ({ gatesign, gateway, control }) => {
      const client = gatesign.default.newClient({
        invokeUrl: `${gateway}/stage/movie_list`,
        ...LONG_LIVED,
        region: REGION,
      })
      const result = await client.invokeApi({}, '', 'GET', {}, {})
      same(result.status, 200, 'status')
      same(result.data.Items.length > 0 && typeof result.data.Items[0].title, 'string', 'Items[0].title')
      const [request] = await sent(control)
      same(
        [request.verdict.ok, request.verdict.by, request.verdict.accessKeyId],
        [true, 'header', 'AKIDEXAMPLE'],
        'verdict',
      )
    },
  ],
  [
    'the default export is the factory, and the named ones are the same',
    async ({ gatesign }) => {
      same(gatesign.default.newClient === gatesign.newClient, true, 'default.newClient === newClient')
      for (const name of ['newClient', 'createSigner', 'diagnose'])
        same(typeof gatesign[name], 'function', name)
    },
  ],
  [
    'path, query and body in unicode are signed as they are sent',
    async ({ gatesign, gateway }) => {
      const client = signedClient(gatesign, gateway)
      const title = beyondAscii("Am%C3%A9lie & na%C3%AFve %E6%98%A0%E7%94%BB 100%25 *'()!~")
      const [key, value] = ['%D0%BA%D0%BB%D1%8E%D1%87', '%E5%80%A4'].map(beyondAscii)
      const query = { empty: '', list: ['x', 'y'], q: "a b+c=d&e*'()!~", [key]: value }
      const { data } = await client.invokeApi(
        { title },
        '/echo/{title}',
        'POST',
        { queryParams: query },
        { title },
      )
      const [path, search] = data.target.split('?')
      same(decodeURIComponent(path), `/stage/echo/${title}`, 'path')
      same(Object.fromEntries([...new URLSearchParams(search)].sort()), { ...query, list: 'x,y' }, 'query')
      same(JSON.parse(fromBase64(data.bodyBase64)), { title }, 'body')
    },
  ],
  [
    'bytes arrive as they are, also those that the platform hashes',
    async ({ gatesign, gateway }) => {
      const client = signedClient(gatesign, gateway)
      const headers = { 'content-type': 'application/octet-stream' }
      for (const length of [3, 70_000]) {
        const bytes = Uint8Array.from({ length }, (_, index) => index * 7)
        const { data } = await client.invokeApi({}, '/echo', 'PUT', { headers }, bytes)
        same(data.bodyLength, length, 'bodyLength')
        if (length === 3) same(data.bodyBase64, 'AAcO', 'bodyBase64')
      }
      // Not every platform sends a stream that was not read before; none may send another text for it.
      const open = gatesign.newClient({ invokeUrl: `${gateway}/stage/open` })
      const streamed = await open
        .invokeApi({}, '/echo', 'PUT', { headers, signPayload: false }, new Response('stream').body)
        .catch((error) => error)
      if (!streamed.isAxiosError) same(fromBase64(streamed.data.bodyBase64), 'stream', 'a stream')
    },
  ],
  [
    'temporary credentials of a provider are asked for once',
    async ({ gatesign, gateway, control }) => {
      const identity = {
        accessKeyId: 'ASIASMOKEEXAMPLE',
        secretAccessKey: 'smoke/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY',
        sessionToken: 'smoke/token+with/all+that=needs//encoding==',
      }
      await control('POST', 'identities', identity)
      let asked = 0
      const credentials = async () => {
        asked += 1
        return identity
      }
      const client = gatesign.newClient({ invokeUrl: `${gateway}/stage`, credentials, region: REGION })
      await Promise.all([client.invokeApi({}, '/echo/a', 'GET'), client.invokeApi({}, '/echo/b', 'GET')])
      same(asked, 1, 'calls of the provider')
      const verdicts = (await sent(control)).map(({ verdict }) => verdict.sessionTokenSigned)
      same(verdicts, [true, true], 'sessionTokenSigned')
    },
  ],
  [
    'an API key opens its route, and its absence is diagnosed',
    async ({ gatesign, gateway }) => {
      const invokeUrl = `${gateway}/stage/key`
      const { status } = await gatesign
        .newClient({ invokeUrl, apiKey: API_KEY })
        .invokeApi({}, '/movie_list', 'GET')
      same(status, 200, 'status')
      const error = await rejection(gatesign.newClient({ invokeUrl }).invokeApi({}, '/movie_list', 'GET'))
      same([error.response?.status, gatesign.diagnose(error).kind], [403, 'ApiKey'], 'status, kind')
    },
  ],
  [
    'client.fetch gives a Response',
    async ({ gatesign, gateway }) => {
      const [path, init] = ['/stage/echo/fetch', { method: 'POST', body: 'text' }]
      for (const given of [[path, init], [new Request(gateway + path, init)]]) {
        const response = await signedClient(gatesign, gateway).fetch(...given)
        same([response instanceof Response, response.status], [true, 200], 'Response, status')
        const { accessKeyId, bodyBase64 } = await response.json()
        same([accessKeyId, fromBase64(bodyBase64)], ['AKIDEXAMPLE', 'text'], 'accessKeyId, body')
      }
    },
  ],
  [
    'arguments that cannot work are refused by name, and nothing is sent',
    async ({ gatesign, gateway, control }) => {
      same(thrown(() => gatesign.newClient({})).message, 'invokeUrl must be specified!', 'no invokeUrl')
      const halved = thrown(() => gatesign.newClient({ invokeUrl: gateway, accessKey: 'AKIDEXAMPLE' }))
      same([halved instanceof TypeError, halved.message.includes('secretKey')], [true, true], halved.message)
      const client = gatesign.newClient({ invokeUrl: gateway, ...LONG_LIVED, region: REGION })
      const moved = await rejection(client.fetch('https://evil.example/x'))
      same(
        [moved instanceof TypeError, moved.message.includes('https://evil.example')],
        [true, true],
        moved.message,
      )
      const withBody = await rejection(client.invokeApi({}, '/x', 'GET', {}, { a: 1 }))
      same(
        [withBody instanceof TypeError, withBody.message.includes('queryParams')],
        [true, true],
        withBody.message,
      )
      same((await sent(control)).length, 0, 'requests')
    },
  ],
]

/**
 * Where requests cross origins: the browser asked first, and then sent the signature.
 *
 * @type {import('./support.mjs').Check}
 */
export const PREFLIGHT = [
  'the signed call crosses origins after a real preflight',
  async ({ gatesign, gateway, control, origin }) => {
    same(new URL(gateway).origin === origin, false, 'the gateway has the origin of the page')
    // A path of its own: browsers remember the answers to preflights for some seconds.
    await signedClient(gatesign, gateway).invokeApi({ now: Date.now() }, '/echo/preflight-{now}', 'GET')
    const requests = await control('GET', 'requests')
    const asked = requests.find(({ method }) => method === 'OPTIONS')
    same(asked?.verdict.by, 'preflight', 'verdict of the preflight')
    same(
      headerOf(asked, 'access-control-request-headers')?.includes('authorization'),
      true,
      'authorization was asked for',
    )
    const call = requests.find(({ method }) => method === 'GET')
    same([headerOf(call, 'origin'), call?.verdict.by], [origin, 'header'], 'origin, verdict of the call')
    same((await control('GET', 'stats')).preflights > 0, true, 'the gateway counted a preflight')
  },
]
