// newClient's options and additionalParams.

import { REGION } from '../lib/gateway.mjs'
import { CHANGED_ARGUMENTS, NULL_OPTIONS, THROWN_ERRORS } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const GET = [{}, '/echo/c', 'GET']

/** newClient's own argument instead of one made from the row. */
const whole = (config) => ({ call: [config], whole: true })

const MISSING = { name: 'Error', message: 'invokeUrl must be specified!' }
const missing = [
  ['no config', undefined],
  ['{}', {}],
  ['a text', 'http://x'],
  ['a number', 5],
  ['undefined', { invokeUrl: undefined }],
  ['null', { invokeUrl: null }],
  ['an empty text', { invokeUrl: '' }],
  ['false', { invokeUrl: false }],
  ['0', { invokeUrl: 0 }],
].map(([name, config]) =>
  keep(`invokeUrl missing: ${name}`, undefined, { ...whole(config), ours: { sent: 0, refuses: MISSING } }),
)

const wrongUrls = [
  ['no URL', 'foo'],
  ['another scheme', 'ftp://a/b'],
  ['no scheme', '//a/b'],
  ['no host', 'https://'],
].map(([name, invokeUrl]) =>
  fix('TypeError without a name', `invokeUrl: ${name}`, undefined, {
    ...whole({ invokeUrl }),
    ours: {
      sent: 0,
      refuses: { name: 'TypeError', message: /^invokeUrl must be an http or https URL; got "/ },
    },
    old: { refuses: { name: 'TypeError', message: /Cannot read properties of null/ } },
  }),
)

const urls = [
  fix('TypeError without a name', 'invokeUrl: an object', undefined, {
    ...whole({ invokeUrl: {} }),
    ours: { refuses: { name: 'TypeError', message: /^invokeUrl must be a string/ } },
    old: { refuses: { name: 'TypeError', message: /Cannot read properties of null/ } },
  }),
  fix('null config', 'null for a config', undefined, {
    ...whole(null),
    ours: { refuses: MISSING },
    old: { refuses: { name: 'TypeError' } },
  }),
  fix('a secret in an error', 'invokeUrl: a password is not shown', undefined, {
    ...whole({ invokeUrl: 'ftp://user:canary@host/x?token=canary' }),
    ours: {
      refuses: { name: 'TypeError', message: /^invokeUrl must be/ },
      check: ({ error }) => !error.message.includes('canary'),
    },
    old: { refuses: { name: 'TypeError' } },
  }),
  fix('a URL object', 'invokeUrl: a URL object', GET, {
    auth: EITHER,
    config: ({ url, prefix }) => ({ invokeUrl: new URL(url + prefix) }),
    ours: { target: '~/echo/c', verdict: 'ok', resolves: { status: 200 } },
    old: { refuses: { name: 'TypeError', message: /substring is not a function/ } },
  }),
  fix('TypeError without a name', 'invokeUrl: upper case', GET, {
    auth: EITHER,
    config: ({ url, prefix }) => ({ invokeUrl: url.replace('http', 'HTTP') + prefix }),
    ours: { target: '~/echo/c', verdict: 'ok' },
    old: { refuses: { name: 'TypeError' } },
  }),
]

const credentials = [
  ...[
    ['only accessKey', { accessKey: 'AK' }, 'secretKey'],
    ['only secretKey', { secretKey: 'canary' }, 'accessKey'],
    ['an empty secretKey', { accessKey: 'AK', secretKey: '' }, 'secretKey'],
  ].map(([name, config, named]) =>
    fix('half of the credentials', `credentials: ${name}`, GET, {
      config: { region: REGION, ...config },
      ours: {
        sent: 0,
        refuses: { name: 'TypeError', message: new RegExp(`^${named} is missing`) },
        check: ({ error }) => !error.message.includes('canary'),
      },
      old: { sent: 1, headers: { authorization: undefined } },
    }),
  ),
  keep('credentials: both empty are none', GET, {
    config: { accessKey: '', secretKey: '' },
    ours: { headers: { authorization: undefined } },
  }),
  keep('credentials: both undefined are none', GET, {
    config: { accessKey: undefined, secretKey: undefined },
    ours: { headers: { authorization: undefined } },
  }),
  fix(NULL_OPTIONS, 'credentials: both null are none', GET, {
    config: { accessKey: null, secretKey: null },
    ours: { headers: { authorization: undefined } },
    old: { headers: { authorization: /Credential=null\// } },
  }),
  keep('credentials: a wrong secret', GET, {
    auth: ['iam'],
    config: { secretKey: 'wrong' },
    // The gateway's text repeats the signed headers of each.
    except: ['response.data'],
    ours: { verdict: 'SignatureDoesNotMatch', rejects: { message: 'Request failed with status code 403' } },
  }),
  keep('credentials: an unknown key', GET, {
    auth: ['iam'],
    config: { accessKey: 'AKIDUNKNOWN' },
    ours: { verdict: 'UnrecognizedClient', rejects: { 'response.status': 403 } },
  }),
  keep('credentials: none where they are needed', [{}, '/echo/c', 'GET'], {
    config: ({ url }) => ({ invokeUrl: `${url}/stage` }),
    ours: { rejects: { 'response.data': { message: 'Missing Authentication Token' } } },
  }),
  keep('credentials: not permitted', GET, {
    auth: ['iam'],
    config: { accessKey: 'AKIDEXAMPLEDENIED', secretKey: 'denied/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY' },
    ours: { verdict: 'AccessDenied', rejects: { 'response.status': 403 } },
  }),
  fix(NULL_OPTIONS, 'region: missing with credentials', GET, {
    auth: ['iam'],
    without: ['region'],
    ours: { sent: 0, refuses: { name: 'TypeError', message: /^region must be specified/ } },
    old: {
      headers: { authorization: /Credential=AKIDEXAMPLE\/\d{8}\/\/execute-api\// },
      rejects: { 'response.status': 403 },
    },
  }),
  keep('region: missing without credentials', GET, { ours: { resolves: { status: 200 } } }),
  keep('region: a wrong one', GET, {
    auth: ['iam'],
    config: { region: 'eu-west-1' },
    ours: { verdict: 'CredentialScope', rejects: { 'response.status': 403 } },
  }),
  keep('service: undefined is execute-api', GET, {
    auth: ['iam'],
    config: { service: undefined },
    ours: { headers: { authorization: /\/execute-api\// } },
  }),
  keep('service: another one', GET, {
    auth: ['iam'],
    config: { service: 'es' },
    ours: { headers: { authorization: /\/us-east-1\/es\/aws4_request/ }, verdict: 'CredentialScope' },
  }),
  fix(NULL_OPTIONS, 'service: null is execute-api', GET, {
    auth: ['iam'],
    config: { service: null },
    ours: { headers: { authorization: /\/execute-api\// }, verdict: 'ok' },
    old: { rejects: { 'response.status': 403 } },
  }),
]

const HOUR = 3_600_000
const clock = [
  keep('systemClockOffset: an hour, as the gateway’s clock', GET, {
    auth: ['iam'],
    gateway: { clockOffsetMs: HOUR },
    config: { systemClockOffset: HOUR },
    ours: { sent: 1, verdict: 'ok' },
  }),
  keep('systemClockOffset: undefined and null are 0', GET, {
    auth: ['iam'],
    config: { systemClockOffset: null },
    ours: { verdict: 'ok' },
  }),
  fix(NULL_OPTIONS, 'systemClockOffset: a text', GET, {
    auth: ['iam'],
    gateway: { clockOffsetMs: HOUR },
    config: { systemClockOffset: String(HOUR) },
    ours: { sent: 1, verdict: 'ok' },
    old: { sent: 0, throws: { name: 'RangeError' } },
  }),
  fix(NULL_OPTIONS, 'systemClockOffset: no number', GET, {
    auth: ['iam'],
    config: { systemClockOffset: 'soon' },
    ours: { sent: 0, refuses: { name: 'TypeError', message: /^systemClockOffset must be a number/ } },
    old: { sent: 0, throws: { name: 'RangeError' } },
  }),
  fix('a wrong clock', 'clock: an hour wrong is corrected, whatever retries says', GET, {
    auth: ['iam'],
    gateway: { clockOffsetMs: HOUR },
    ours: {
      sent: 2,
      verdict: 'SignatureExpired',
      requests: [{}, { verdict: 'ok' }],
      resolves: { status: 200 },
    },
    old: { sent: 1, verdict: 'SignatureExpired', rejects: { 'response.status': 403 } },
  }),
  keep('clock: correctClockSkew false', GET, {
    auth: ['iam'],
    gateway: { clockOffsetMs: -HOUR },
    config: { correctClockSkew: false },
    // The text has the time in it.
    except: ['response.data'],
    ours: { sent: 1, verdict: 'SignatureNotYetCurrent', rejects: { 'response.status': 403 } },
  }),
]

const cyclicConfig = { colour: 'blue' }
cyclicConfig.self = cyclicConfig
const objects = [
  keep('unknown options are ignored', GET, {
    auth: EITHER,
    config: { colour: 'blue', timeout: 1, agent: {} },
    ours: { resolves: { status: 200 } },
  }),
  fix(CHANGED_ARGUMENTS, 'a frozen config with undefined values', GET, {
    auth: EITHER,
    config: { apiKey: undefined },
    frozen: true,
    ours: { resolves: { status: 200 } },
    old: { refuses: { name: 'TypeError', message: /Cannot delete property/ } },
  }),
  fix(CHANGED_ARGUMENTS, 'undefined values stay in the caller’s config', GET, {
    auth: EITHER,
    config: { apiKey: undefined },
    ours: { resolves: { status: 200 }, check: ({ config }) => Object.hasOwn(config, 'apiKey') },
    old: { check: ({ config }) => !Object.hasOwn(config, 'apiKey') },
  }),
  fix(CHANGED_ARGUMENTS, 'a cyclic config', GET, {
    auth: EITHER,
    config: { extra: cyclicConfig },
    ours: { resolves: { status: 200 } },
    old: { refuses: { name: 'RangeError' } },
  }),
]

const additional = [
  ...[
    ['undefined', undefined],
    ['{}', {}],
  ].map(([name, given]) =>
    keep(`additionalParams: ${name}`, [{}, '/echo/c', 'GET', given], {
      auth: EITHER,
      ours: { resolves: { status: 200 } },
    }),
  ),
  fix(THROWN_ERRORS, 'additionalParams: null is {}', [{}, '/echo/c', 'GET', null], {
    auth: EITHER,
    ours: { verdict: 'ok', resolves: { status: 200 } },
    old: { sent: 0, throws: { name: 'TypeError', message: /reading 'headers'/ } },
  }),
  ...['text', 5, true].map((given) =>
    fix('a wrong type', `additionalParams: ${given} is refused`, [{}, '/echo/c', 'GET', given], {
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^additionalParams must be an object/ } },
      old: { sent: 1, resolves: { status: 200 } },
    }),
  ),
  keep(
    'additionalParams: unknown keys are ignored',
    [{}, '/echo/c', 'GET', { params: { a: 1 }, data: 'x', auth: { username: 'u' } }],
    {
      auth: EITHER,
      ours: { target: '~/echo/c', body: '' },
    },
  ),
  fix(
    'no cancellation',
    'signal: an aborted one',
    () => [{}, '/echo/c', 'GET', { signal: AbortSignal.abort() }],
    {
      auth: EITHER,
      ours: {
        sent: 0,
        rejects: { message: 'canceled', code: 'ERR_CANCELED', isAxiosError: true, response: undefined },
      },
      old: { sent: 1, resolves: { status: 200 } },
    },
  ),
  fix('no cancellation', 'signal: no signal', [{}, '/echo/c', 'GET', { signal: {} }], {
    ours: { sent: 0, rejects: { name: 'TypeError', message: /^signal must be an AbortSignal/ } },
    old: { sent: 1 },
  }),
]

const movies = [
  keep('a real call: GET a list', [{}, '/movie_list', 'GET', { queryParams: { format: 'dynamodb' } }], {
    auth: ['open', 'key', 'iam', 'both', 'token'],
  }),
  keep(
    'a real call: POST an item',
    [{}, '/movie', 'POST', {}, { year: 2015, title: 'A & B', info: { plot: 'é' } }],
    {
      auth: ['open', 'key', 'iam', 'both', 'token'],
      ours: { resolves: { status: 201 } },
    },
  ),
  keep(
    'a real call: GET an item that is not there',
    [{ year: 1900, title: 'x y' }, '/movie/{year}/{title}', 'GET'],
    {
      auth: EITHER,
      ours: { rejects: { message: 'Request failed with status code 404', code: undefined } },
    },
  ),
  keep('a real call: a wrong body', [{}, '/movie', 'POST', {}, { nonsense: 1 }], {
    auth: EITHER,
    ours: {
      rejects: {
        message: 'Request failed with status code 400',
        'response.data': { message: 'Invalid request body' },
      },
    },
  }),
]

export const configs = [
  ...missing,
  ...wrongUrls,
  ...urls,
  ...credentials,
  ...clock,
  ...objects,
  ...additional,
  ...movies,
]
