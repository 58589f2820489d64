// The smoke suite of the runtime matrix. It runs in every runtime, so it uses nothing but what all of
// them have: fetch, URL, AbortController, timers.

/** Example identities of the gateway; its README lists them. */
const LONG_LIVED = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const IDENTITY = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
const API_KEY = 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE'
const REGION = 'us-east-1'

/** ms that one check may take. */
const PATIENCE = 60_000

/**
 * @param {any} gatesign what the package exports
 * @param {string} gateway its address; no one else may use it meanwhile
 * @param {{ origin?: string }} [runtime] the page's origin, where requests cross origins
 * @returns {Promise<{ passed: string[], failed: { name: string, error: string }[] }>}
 */
export async function smoke(gatesign, gateway, { origin } = {}) {
  const control = controlOf(gateway)
  const checks = [...CHECKS]
  if (origin) checks.push(PREFLIGHT)
  // Node has a WebSocket from 22 on.
  if (typeof WebSocket === 'function') checks.push(SOCKET)
  const passed = []
  const failed = []
  for (const [name, check] of checks) {
    try {
      await control('POST', 'reset')
      await inTime(check({ gatesign, gateway, control, origin }))
      passed.push(name)
    } catch (error) {
      failed.push({ name, error: error instanceof Failure ? error.message : String(error?.stack ?? error) })
    }
  }
  return { passed, failed }
}

/** @type {[string, (given: { gatesign: any, gateway: string, control: any, origin?: string }) => Promise<void>][]} */
const CHECKS = [
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
      const title = "Amélie & naïve 映画 100% *'()!~"
      const query = { empty: '', list: ['x', 'y'], q: "a b+c=d&e*'()!~", ключ: '値' }
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
    'a wrong secret is refused and diagnosed, and shown nowhere',
    async ({ gatesign, gateway }) => {
      const secretKey = 'not-the-secret-of-this-key'
      const client = signedClient(gatesign, gateway, { secretKey })
      const error = await rejection(client.invokeApi({}, '/movie_list', 'GET', {}, {}))
      same([error.response?.status, error.isAxiosError], [403, true], 'status, isAxiosError')
      const explanation = await client.explain({ pathTemplate: '/movie_list' })
      same(gatesign.diagnose(error, explanation).kind, 'SignatureDoesNotMatch', 'kind')
      const shown = JSON.stringify([error, error.config, error.response, explanation])
      same(
        shown.includes(secretKey) || shown.includes('Credential='),
        false,
        'secret or authorization in what is shown',
      )
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
    'a 500 is tried again with a new signature',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'faults', {
        times: 1,
        match: { method: 'GET' },
        action: { type: 'status', status: 500 },
      })
      const { status } = await signedClient(gatesign, gateway, { retries: 2 }).invokeApi(
        {},
        '/echo/retry',
        'GET',
      )
      same(status, 200, 'status')
      const requests = await sent(control)
      same(
        requests.map((request) => request.status),
        [500, 200],
        'statuses',
      )
      same(
        requests.every(({ verdict }) => verdict.ok),
        true,
        'verdicts',
      )
    },
  ],
  [
    'without retries a 500 rejects at once',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'faults', { match: { method: 'GET' }, action: { type: 'status', status: 500 } })
      const error = await rejection(signedClient(gatesign, gateway).invokeApi({}, '/echo/once', 'GET'))
      same(
        [error.message, error.response?.status],
        ['Request failed with status code 500', 500],
        'message, status',
      )
      same((await sent(control)).length, 1, 'requests')
    },
  ],
  [
    'an AbortSignal cancels a call that is under way',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'faults', { match: { method: 'GET' }, action: { type: 'stall' } })
      const controller = new AbortController()
      const call = signedClient(gatesign, gateway).invokeApi({}, '/echo/abort', 'GET', {
        signal: controller.signal,
      })
      setTimeout(() => controller.abort(), 50)
      const error = await rejection(call)
      same([error.message, error.code], ['canceled', 'ERR_CANCELED'], 'message, code')
    },
  ],
  [
    'a timeout ends a call',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'faults', { match: { method: 'GET' }, action: { type: 'stall' } })
      const error = await rejection(
        signedClient(gatesign, gateway).invokeApi({}, '/echo/late', 'GET', { timeout: 150 }),
      )
      same([error.message, error.code], ['timeout of 150ms exceeded', 'ECONNABORTED'], 'message, code')
      same(gatesign.diagnose(error).kind, 'Timeout', 'kind')
    },
  ],
  [
    'a connection that breaks is a network error',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'faults', { match: { method: 'POST' }, action: { type: 'resetBeforeHeaders' } })
      const error = await rejection(
        signedClient(gatesign, gateway).invokeApi({}, '/echo/broken', 'POST', {}, { a: 1 }),
      )
      same([error.isAxiosError, error.response], [true, undefined], 'isAxiosError, response')
      same(gatesign.diagnose(error).kind, 'NetworkError', 'kind')
    },
  ],
  [
    'a clock that is hours off is corrected',
    async ({ gatesign, gateway, control }) => {
      await control('POST', 'config', { clockOffsetMs: -7_200_000 })
      const client = signedClient(gatesign, gateway)
      for (const path of ['/echo/first', '/echo/second'])
        same((await client.invokeApi({}, path, 'GET')).status, 200, path)
      same(
        (await sent(control)).map(({ status }) => status),
        [403, 200, 200],
        'statuses',
      )
    },
  ],
  [
    'a presigned URL needs nothing else',
    async ({ gatesign, gateway, control }) => {
      const client = signedClient(gatesign, gateway)
      const url = await client.presign({ pathTemplate: '/movie_list', expiresIn: 600 })
      same((await fetch(url)).status, 200, 'status')
      const [request] = await sent(control)
      same([request.verdict.ok, request.verdict.by], [true, 'query'], 'verdict')
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
    'createSigner signs a request for fetch',
    async ({ gatesign, gateway, control }) => {
      const signer = gatesign.createSigner({ ...IDENTITY, region: REGION, service: 'execute-api' })
      const headers = { 'content-type': 'text/plain' }
      const { method, url, ...rest } = signer.sign({
        method: 'POST',
        url: `${gateway}/stage/echo/s`,
        headers,
        body: 'é',
      })
      same((await fetch(url, { method, ...rest })).status, 200, 'status')
      const [request] = await sent(control)
      same([request.verdict.ok, request.bodyLength], [true, 2], 'verdict, bodyLength')
    },
  ],
  [
    'createSigner gives the published signatures',
    async ({ gatesign }) => {
      // get-vanilla of the official suite.
      const signer = gatesign.createSigner({ ...IDENTITY, region: REGION, service: 'service' })
      const explained = signer.explain({ url: 'https://example.amazonaws.com/', date: '20150830T123600Z' })
      same(
        explained.signature,
        '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
        'get-vanilla',
      )
      // The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
      const s3 = gatesign.createSigner({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        region: REGION,
        service: 's3',
      })
      const url = 'https://examplebucket.s3.amazonaws.com/test.txt'
      const signed = s3.presign({ url, expiresIn: 86_400, date: new Date(Date.UTC(2013, 4, 24)) })
      const signature = new URL(signed).searchParams.get('X-Amz-Signature')
      same(
        signature,
        'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
        'presigned GET of S3',
      )
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
 * @type {typeof CHECKS[number]}
 */
const PREFLIGHT = [
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

/**
 * A WebSocket API: the handshake can carry no header, so the signature is in the URL.
 *
 * @type {typeof CHECKS[number]}
 */
const SOCKET = [
  'a presigned URL opens a WebSocket',
  async ({ gatesign, gateway, control }) => {
    const client = signedClient(gatesign, gateway, { invokeUrl: `${gateway.replace('http:', 'ws:')}/stage` })
    const socket = new WebSocket(await client.presign({ pathTemplate: '/ws', expiresIn: 60 }))
    const answer = new Promise((resolve, reject) => {
      socket.addEventListener('open', () => socket.send('hello ü'))
      socket.addEventListener('message', ({ data }) => resolve(data))
      socket.addEventListener('error', () => reject(new Failure('the WebSocket did not open')))
    })
    same(await answer, 'hello ü', 'message')
    socket.close()
    const [request] = await sent(control)
    same([request.verdict.ok, request.verdict.by], [true, 'query'], 'verdict')
  },
]

function signedClient(gatesign, gateway, config = {}) {
  return gatesign.newClient({ invokeUrl: `${gateway}/stage`, ...LONG_LIVED, region: REGION, ...config })
}

/** The gateway's control routes. */
function controlOf(gateway) {
  return async (method, path, body) => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${gateway}/__gateway/${path}`, { method, ...init })
    const text = await response.text()
    if (!response.ok) throw new Failure(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

/** What the gateway got, but for preflights. */
async function sent(control) {
  return (await control('GET', 'requests')).filter(({ method }) => method !== 'OPTIONS')
}

const headerOf = (request, wanted) => request?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1]

class Failure extends Error {}

function same(actual, expected, what) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Failure(`${what}: expected ${wanted}, got ${got}`)
}

async function rejection(promise) {
  let result
  try {
    result = await promise
  } catch (error) {
    return error
  }
  throw new Failure(`a rejection was expected; resolved with status ${result?.status}`)
}

function thrown(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Failure('an error was expected')
}

const fromBase64 = (text) =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)))

async function inTime(promise) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`not done after ${PATIENCE} ms`)), PATIENCE)
  })
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
