// No answer, too late an answer, redirects.

import { NEGATIVE_TIMEOUT, REDIRECTS } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'
import { answer } from './scripted.mjs'

const GET = [{}, '/echo/f', 'GET']
const POST = [{}, '/echo/f', 'POST', {}, { a: 1 }]
const fault = (type, fields = {}) => ({ faults: [{ action: { type, ...fields } }] })

const network = [
  ['resetBeforeHeaders', {}, 'read ECONNRESET'],
  ['closeBeforeHeaders', {}, 'socket hang up'],
  ['truncateBody', {}, 'aborted'],
  ['chunkedAbort', {}, 'aborted'],
].flatMap(([type, fields, message]) =>
  [GET, POST].map((call) =>
    keep(`network: ${type} on ${call[2]}`, call, {
      auth: EITHER,
      ...fault(type, fields),
      ours: {
        sent: 1,
        rejects: { name: 'Error', message, code: 'ECONNRESET', isAxiosError: true, response: undefined },
      },
    }),
  ),
)

const more = [
  fix('other words', 'network: bytes that are not HTTP', GET, {
    auth: EITHER,
    ...fault('garbage'),
    ours: { rejects: { isAxiosError: true, message: /^Parse Error: /, code: /^HPE_/, response: undefined } },
    old: { rejects: { message: /^Parse Error: /, code: /^HPE_/ } },
  }),
  keep('network: a host that does not exist', GET, {
    unknownHost: true,
    config: { invokeUrl: 'http://nope.invalid/x' },
    ours: {
      sent: 0,
      rejects: { message: 'getaddrinfo ENOTFOUND nope.invalid', code: 'ENOTFOUND', isAxiosError: true },
    },
  }),
  ...[GET, POST].map((call) =>
    keep(`network: ${call[2]} where nothing listens`, call, {
      auth: EITHER,
      config: ({ closed }) => ({ invokeUrl: closed, host: '' }),
      ours: {
        sent: 0,
        rejects: {
          message: /^connect ECONNREFUSED 127/,
          code: 'ECONNREFUSED',
          isAxiosError: true,
          response: undefined,
        },
      },
    }),
  ),
  keep('network: gzip that is none', GET, {
    answers: [answer(200, [['Content-Encoding', 'gzip']], 'this is no gzip at all')],
    ours: { rejects: { code: 'Z_DATA_ERROR', message: 'incorrect header check', isAxiosError: true } },
  }),
]

const timeout = (value, call = GET) => [call[0], call[1], call[2], { timeout: value }, call[4]]
const timeouts = [
  ...[
    // Long enough for the request to be on its way on a machine that is busy with something else.
    [600, 600],
    ['600', 600],
    [600.9, 600],
  ].flatMap(([value, ms]) =>
    [GET, POST].map((call) =>
      keep(`timeout: ${JSON.stringify(value)} on ${call[2]}`, timeout(value, call), {
        auth: EITHER,
        ...fault('stall'),
        except: ['config.timeout'],
        ours: {
          sent: 1,
          rejects: {
            message: `timeout of ${ms}ms exceeded`,
            code: 'ECONNABORTED',
            isAxiosError: true,
            response: undefined,
          },
        },
      }),
    ),
  ),
  ...[0, null, '', false, undefined].map((value) =>
    keep(`timeout: ${JSON.stringify(value)} is none`, timeout(value), {
      auth: EITHER,
      ...fault('stall', { delayMs: 30 }),
      except: ['config.timeout'],
      ours: { resolves: { status: 200 } },
    }),
  ),
  keep('timeout: longer than the answer takes', timeout(5000), {
    auth: EITHER,
    ours: { resolves: { status: 200, 'config.timeout': 5000 } },
  }),
  fix('a fraction of a ms', 'timeout: 0.5 is none', timeout(0.5), {
    auth: EITHER,
    ...fault('stall', { delayMs: 1000 }),
    ours: { resolves: { status: 200 } },
    old: { rejects: { message: 'timeout of 0ms exceeded', code: 'ECONNABORTED' } },
  }),
  fix(NEGATIVE_TIMEOUT, 'timeout: a negative one', timeout(-5), {
    auth: EITHER,
    // It ends the process; errors.test.mjs shows that in one of its own.
    skipOld: true,
    ours: {
      sent: 0,
      rejects: { name: 'TypeError', message: /^timeout must be 0 or more milliseconds; got -5/ },
    },
  }),
  ...['abc', {}, []].map((value) =>
    fix('ERR_PARSE_TIMEOUT', `timeout: ${JSON.stringify(value)} is refused by name`, timeout(value), {
      auth: EITHER,
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^timeout must be a number/ } },
      old: { sent: 0, rejects: { code: 'ERR_PARSE_TIMEOUT' } },
    }),
  ),
  fix('ERR_PARSE_TIMEOUT', 'timeout: Infinity is none', timeout(Number.POSITIVE_INFINITY), {
    ours: { resolves: { status: 200 } },
    old: { sent: 0, rejects: { code: 'ERR_PARSE_TIMEOUT' } },
  }),
  fix('32 bits', 'timeout: 1e10 is none', timeout(1e10), {
    ...fault('stall', { delayMs: 60 }),
    ours: { resolves: { status: 200 } },
    old: { rejects: { code: 'ECONNABORTED' } },
  }),
  fix(
    'only the head is timed',
    'timeout: it covers a body that drips',
    timeout(1000, [{}, '/echo/f', 'POST', {}, 'x'.repeat(6000)]),
    {
      auth: EITHER,
      ...fault('drip', { bytes: 400, intervalMs: 150 }),
      ours: { rejects: { message: 'timeout of 1000ms exceeded', code: 'ECONNABORTED' } },
      old: { resolves: { status: 200 } },
    },
  ),
]

const redirectTo = (location, status = 302) => fault('redirect', { status, location })
const unsigned = [301, 302, 303, 307, 308].flatMap((status) =>
  [GET, POST].map((call) =>
    keep(`redirect: unsigned ${call[2]} follows ${status}`, call, {
      faults: [{ times: 1, action: { type: 'redirect', status, location: '/stage/open/echo/elsewhere' } }],
      ours: { sent: 2, requests: [{}, { target: '/stage/open/echo/elsewhere' }], resolves: { status: 200 } },
    }),
  ),
)
const redirects = [
  ...unsigned,
  ...[301, 302, 303, 307, 308].map((status) =>
    fix(REDIRECTS, `redirect: signed ${status} is not followed`, GET, {
      auth: ['iam', 'token', 'both'],
      ...redirectTo('/stage/echo/elsewhere', status),
      ours: {
        sent: 1,
        verdict: 'ok',
        rejects: {
          isAxiosError: true,
          code: 'ERR_REDIRECT',
          message: /redirect/i,
          'response.status': status,
          'response.headers.location': '/stage/echo/elsewhere',
        },
      },
      old: { check: ({ requests }) => requests.length > 1 },
    }),
  ),
  fix(REDIRECTS, 'redirect: a request with an API key is not followed', GET, {
    auth: ['key'],
    ...redirectTo('/stage/key/echo/elsewhere'),
    ours: { sent: 1, rejects: { code: 'ERR_REDIRECT', 'response.status': 302 } },
    old: { requests: [{}, { headers: { 'x-api-key': /./ } }] },
  }),
  keep('redirect: an unsigned one without Location rejects', GET, {
    answers: [answer(302, [], 'x')],
    ours: { sent: 1, rejects: { message: 'Request failed with status code 302' } },
  }),
  keep('redirect: 300 without Location rejects', GET, {
    answers: [answer(300, [], 'x')],
    ours: { sent: 1, rejects: { message: 'Request failed with status code 300' } },
  }),
  fix('the count', 'redirect: an unsigned loop ends', GET, {
    ...redirectTo('/stage/open/echo/loop'),
    ours: {
      sent: 21,
      rejects: {
        isAxiosError: true,
        code: 'ERR_FR_TOO_MANY_REDIRECTS',
        message: 'Maximum number of redirects exceeded',
      },
    },
    old: {
      sent: 22,
      rejects: { code: 'ERR_FR_TOO_MANY_REDIRECTS', message: 'Maximum number of redirects exceeded' },
    },
  }),
]

export const failures = [...network, ...more, ...timeouts, ...redirects]
