// Calls that are refused, late, cancelled or cut off.

import { rejection, same, sent, signedClient } from './support.mjs'

/** @type {import('./support.mjs').Check[]} */
export const FAILURES = [
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
      // Browsers, Deno and Workers do not say what broke.
      const kind = error.code === 'ECONNRESET' ? 'ConnectionReset' : 'NetworkError'
      same(gatesign.diagnose(error).kind, kind, 'kind')
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
]
