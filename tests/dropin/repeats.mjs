// Retries: how often, after which failures, after which delay.

import { NO_CONDITION } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const status = (code, times) => ({ times, action: { type: 'status', status: code, body: { message: 'no' } } })
const call = (method, additional = {}) => [
  {},
  '/echo/r',
  method,
  additional,
  ['POST', 'PATCH'].includes(method) ? { a: 1 } : undefined,
]

/** The old package's default condition works only unsigned. */
const counts = [
  ...['GET', 'PUT', 'DELETE', 'HEAD'].map((method) => [method, 500, 3]),
  ...['POST', 'PATCH'].map((method) => [method, 500, 1]),
  ...[501, 502, 503, 504, 599].map((code) => ['GET', code, 3]),
  ...[400, 401, 403, 404, 408, 409, 499].map((code) => ['GET', code, 1]),
].map(([method, code, sent]) =>
  keep(`retries: ${method} ${code}`, call(method), {
    config: { retries: 2 },
    faults: [status(code)],
    ours: { sent, rejects: { message: `Request failed with status code ${code}`, 'response.status': code } },
    except: ['response.config.data', 'config.data'],
  }),
)

const network = [
  ['GET', 'resetBeforeHeaders', 3],
  ['POST', 'resetBeforeHeaders', 3],
  ['PATCH', 'closeBeforeHeaders', 3],
  ['POST', 'truncateBody', 3],
].map(([method, type, sent]) =>
  keep(`retries: ${method} ${type}`, call(method), {
    config: { retries: 2 },
    faults: [{ action: { type } }],
    ours: { sent, rejects: { code: 'ECONNRESET' } },
  }),
)

const numbers = [
  [0, 1],
  [null, 1],
  [1, 2],
  ['2', 3],
  [true, 2],
  [1.5, 3],
  [-1, 1],
  ['abc', 1],
  [undefined, 1],
].map(([retries, sent]) =>
  keep(`retries: ${JSON.stringify(retries)}`, call('GET'), {
    config: { retries },
    faults: [status(500)],
    ours: { sent, rejects: { 'response.status': 500 } },
  }),
)

const success = [
  keep('retries: the second attempt succeeds', call('GET'), {
    config: { retries: 3 },
    faults: [status(500, 1)],
    ours: { sent: 2, resolves: { status: 200, 'config.axios-retry.retryCount': 1 } },
  }),
  keep('retries: not needed', call('GET'), {
    config: { retries: 3 },
    ours: { sent: 1, resolves: { 'config.axios-retry.retryCount': 0 } },
  }),
  keep('retries: a PUT sends its body again', [{}, '/echo/r', 'PUT', {}, { a: 'é'.repeat(50) }], {
    config: { retries: 3 },
    faults: [status(502, 2)],
    ours: {
      sent: 3,
      requests: [0, 1, 2].map(() => ({ json: { a: 'é'.repeat(50) } })),
      resolves: { status: 200 },
    },
  }),
  keep('retries: another failure ends them', call('GET'), {
    config: { retries: 3 },
    faults: [status(500, 1), status(404, 1)],
    ours: { sent: 2, rejects: { 'response.status': 404 } },
  }),
]

const signed = [
  fix(NO_CONDITION, 'retries: signed, without a condition', call('GET'), {
    auth: ['iam'],
    config: { retries: 2 },
    faults: [status(500, 2)],
    ours: { sent: 3, requests: [0, 1, 2].map(() => ({ verdict: 'ok' })), resolves: { status: 200 } },
    old: {
      sent: 1,
      rejects: { name: 'TypeError', message: 'retryCondition is not a function', isAxiosError: undefined },
    },
  }),
  keep('retries: signed, with a condition', call('GET'), {
    auth: ['iam', 'token', 'both'],
    config: { retries: 2, retryCondition: ({ response }) => response?.status === 500 },
    faults: [status(500, 2)],
    ours: { sent: 3, requests: [0, 1, 2].map(() => ({ verdict: 'ok' })), resolves: { status: 200 } },
  }),
  keep('retries: signed, 0', call('GET'), {
    auth: ['iam'],
    config: { retries: 0 },
    faults: [status(500)],
    ours: { sent: 1, rejects: { 'response.status': 500 } },
  }),
]

const throttled = (times, fields) => ({ times, action: { type: 'throttle', ...fields } })
const throttling = [
  fix('429 is never repeated', 'retries: 429 on GET and POST', call('POST'), {
    auth: ['open', 'iam'],
    clock: true,
    config: { retries: 2, retryCondition: undefined },
    faults: [throttled(1, {})],
    ours: { sent: 2, resolves: { status: 200 } },
    old: { sent: 1 },
  }),
  fix('Retry-After is not honoured', 'retries: Retry-After in seconds', call('GET'), {
    auth: EITHER,
    clock: true,
    config: { retries: 2 },
    faults: [throttled(1, { retryAfter: 7 })],
    ours: { sent: 2, delays: [7000], resolves: { status: 200 } },
    old: { sent: 1 },
  }),
  keep('retries: a used-up quota is final', call('GET'), {
    clock: true,
    config: { retries: 2 },
    faults: [throttled(undefined, { quota: true })],
    ours: { sent: 1, rejects: { 'response.status': 429 } },
  }),
]

const conditions = [
  ['true', () => true, 3],
  ['false', () => false, 1],
  ['a truthy text', () => 'yes', 3],
  ['undefined', () => undefined, 1],
  ['0', () => 0, 1],
  ['null', () => null, 3],
  ['an object', () => ({}), 3],
  ['a promise of true', async () => true, 3],
  ['a promise of false', async () => false, 1],
  ['a promise of undefined', async () => undefined, 3],
  ['a promise of 0', async () => 0, 3],
  ['a rejected promise', async () => Promise.reject(new Error('mine')), 1],
].map(([name, retryCondition, sent]) =>
  keep(`retryCondition: ${name}`, call('POST'), {
    auth: EITHER,
    config: { retries: 2, retryCondition },
    faults: [status(400)],
    ours: { sent, rejects: { message: 'Request failed with status code 400', isAxiosError: true } },
  }),
)

const throwing = [
  keep('retryCondition: one that throws', call('GET'), {
    auth: EITHER,
    config: {
      retries: 2,
      retryCondition: () => {
        throw new RangeError('mine')
      },
    },
    faults: [status(500)],
    ours: { sent: 1, rejects: { name: 'RangeError', message: 'mine', isAxiosError: undefined } },
  }),
  keep('retryDelay: one that throws', call('GET'), {
    config: {
      retries: 2,
      retryDelay: () => {
        throw new RangeError('mine')
      },
    },
    faults: [status(500)],
    ours: { sent: 1, rejects: { name: 'RangeError', message: 'mine' } },
  }),
  keep('retryCondition: not a function, unsigned', call('GET'), {
    config: { retries: 2, retryCondition: 'x' },
    faults: [status(500)],
    ours: { sent: 3 },
  }),
]

/** Random numbers are 0.5 in these rows, and nothing is waited for. */
const delays = [
  ['a number', 50, [50, 50, 50]],
  ['a fraction', 50.9, [50, 50, 50]],
  ['exponential', 'exponential', [220, 440, 880]],
  ['a function', (count) => count * 40, [40, 80, 120]],
  ['a function of the error', (_, error) => error.response.status, [500, 500, 500]],
].map(([name, retryDelay, waited]) =>
  keep(`retryDelay: ${name}`, call('GET'), {
    clock: true,
    config: { retries: 3, retryDelay },
    faults: [status(500)],
    ours: { sent: 4, delays: waited },
  }),
)

const oddDelays = [
  ['absent', undefined],
  ['another text', 'linear'],
  ['null', null],
  ['a negative number', -5],
  ['NaN', Number.NaN],
  ['a function that gives nothing', () => undefined],
  ['a function that gives a text', () => 'soon'],
].map(([name, retryDelay]) =>
  keep(`retryDelay: ${name} is at once`, call('GET'), {
    config: { retries: 1, retryDelay },
    faults: [status(500)],
    ours: { sent: 2, rejects: { 'response.status': 500 } },
  }),
)

const signedDelays = [
  fix(NO_CONDITION, 'retryDelay: exponential and signed', call('GET'), {
    auth: ['iam'],
    clock: true,
    config: { retries: 3, retryDelay: 'exponential' },
    faults: [status(500, 3)],
    ours: { sent: 4, delays: [220, 440, 880], resolves: { status: 200 } },
    old: { sent: 1, rejects: { name: 'TypeError' } },
  }),
]

export const repeats = [
  ...counts,
  ...network,
  ...numbers,
  ...success,
  ...signed,
  ...throttling,
  ...conditions,
  ...throwing,
  ...delays,
  ...oddDelays,
  ...signedDelays,
]
