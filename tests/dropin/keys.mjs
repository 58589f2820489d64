// Headers that the config brings: API keys, tokens, its own, and those of private APIs.

import { API_KEY } from '../lib/gateway.mjs'
import {
  CHANGED_ARGUMENTS,
  HEADERS_OF_CONFIG,
  NULL_OPTIONS,
  REPLACED_HEADERS,
  UNSIGNED_PORT,
  UNSIGNED_TOKEN,
} from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const get = (headers) => [{}, '/echo/h', 'GET', { headers }]
const post = (headers, body = { a: 1 }) => [{}, '/echo/h', 'POST', { headers }, body]

const keys = [
  keep('api key: unsigned', get({}), {
    auth: ['key'],
    ours: { headers: { 'x-api-key': API_KEY }, resolves: { status: 200 } },
  }),
  keep('api key: signed', get({}), {
    auth: ['both'],
    ours: { headers: { 'x-api-key': API_KEY }, resolves: { status: 200 } },
  }),
  keep('api key: a POST with headers', post({ 'X-Foo': 'bar' }), { auth: ['key', 'both'] }),
  keep('api key: without headers in the call', [{}, '/echo/h', 'GET'], { auth: ['key', 'both'] }),
  keep('api key: it wins over the call’s', get({ 'x-api-key': 'other' }), { auth: ['key', 'both'] }),
  fix(REPLACED_HEADERS, 'api key: it wins over the call’s in another case', get({ 'X-Api-Key': 'other' }), {
    auth: ['both'],
    ours: { headers: { 'x-api-key': API_KEY }, verdict: 'ok' },
    old: { rejects: { 'response.status': 403 } },
  }),
  fix(CHANGED_ARGUMENTS, 'api key: it is not written into the caller’s headers', get({ 'X-A': 'b' }), {
    auth: ['key', 'both'],
    ours: { headers: { 'x-api-key': API_KEY }, check: ({ call }) => !('x-api-key' in call[3].headers) },
    old: { headers: { 'x-api-key': API_KEY }, check: ({ call }) => 'x-api-key' in call[3].headers },
  }),
  fix(CHANGED_ARGUMENTS, 'api key: frozen headers', () => get(Object.freeze({ 'X-A': 'b' })), {
    auth: ['key', 'both'],
    ours: { headers: { 'x-api-key': API_KEY, 'x-a': 'b' }, resolves: { status: 200 } },
    old: { sent: 0, throws: { name: 'TypeError', message: /not extensible/ } },
  }),
  keep('api key: a wrong one', get({}), {
    auth: ['key'],
    config: { apiKey: 'wrong' },
    ours: {
      rejects: { message: 'Request failed with status code 403', 'response.data': { message: 'Forbidden' } },
    },
  }),
  keep('api key: null is none', get({}), {
    auth: ['open', 'iam'],
    config: { apiKey: null },
    ours: { headers: { 'x-api-key': undefined } },
  }),
  keep('api key: undefined is none', get({}), {
    config: { apiKey: undefined },
    ours: { headers: { 'x-api-key': undefined } },
  }),
  keep('api key: an empty one is none', get({}), {
    auth: EITHER,
    config: { apiKey: '' },
    ours: { headers: { 'x-api-key': undefined } },
  }),
]

const tokens = [
  fix(UNSIGNED_TOKEN, 'token: it is signed', get({}), {
    auth: ['token'],
    ours: {
      verdict: 'ok',
      headers: { authorization: /SignedHeaders=accept;host;x-amz-date;x-amz-security-token,/ },
      check: ({ requests }) => sessionTokenSigned(requests[0], true),
    },
    old: {
      verdict: 'ok',
      headers: { authorization: /SignedHeaders=accept;host;x-amz-date,/ },
      check: ({ requests }) => sessionTokenSigned(requests[0], false),
    },
  }),
  keep('token: with a body', post({}), {
    auth: ['token'],
    ours: { headers: { 'x-amz-security-token': /^FwoG/ } },
  }),
  keep('token: undefined is none', get({}), {
    auth: ['iam'],
    config: { sessionToken: undefined },
    ours: { headers: { 'x-amz-security-token': undefined }, resolves: { status: 200 } },
  }),
  keep('token: an empty one is none', get({}), { auth: ['iam'], config: { sessionToken: '' } }),
  fix(NULL_OPTIONS, 'token: null is none', get({}), {
    auth: ['iam'],
    config: { sessionToken: null },
    ours: { headers: { 'x-amz-security-token': undefined }, verdict: 'ok' },
    old: { headers: { 'x-amz-security-token': 'null' } },
  }),
  fix(
    REPLACED_HEADERS,
    'token: one in the headers next to the config’s',
    get({ 'X-Amz-Security-Token': 'other' }),
    {
      auth: ['token'],
      ours: { headers: { 'x-amz-security-token': /^FwoG/ }, verdict: 'ok' },
      old: { rejects: { 'response.status': 403 } },
    },
  ),
]

const configured = [
  fix(HEADERS_OF_CONFIG, 'config headers: x-api-key next to apiKey', get({}), {
    auth: ['key'],
    config: { headers: { 'X-Api-Key': 'other' } },
    ours: { headers: { 'x-api-key': API_KEY }, resolves: { status: 200 } },
    old: { headers: { 'x-api-key': 'other' }, rejects: { 'response.status': 403 } },
  }),
  keep('config headers: unsigned', get({ 'X-Foo': 'bar' }), {
    config: { headers: { 'X-Cfg': 'c' } },
    ours: { headers: { 'x-cfg': 'c', 'x-foo': 'bar' } },
  }),
  fix(HEADERS_OF_CONFIG, 'config headers: signed', get({ 'X-Foo': 'bar' }), {
    auth: ['iam'],
    config: { headers: { 'X-Cfg': 'c' } },
    ours: { headers: { 'x-cfg': 'c', 'x-foo': 'bar', authorization: /;x-cfg;x-foo,/ }, verdict: 'ok' },
    old: { headers: { 'x-cfg': undefined } },
  }),
  fix(HEADERS_OF_CONFIG, 'config headers: the call’s win', get({ 'X-Cfg': 'call' }), {
    auth: EITHER,
    config: { headers: { 'X-Cfg': 'config' } },
    ours: { headers: { 'x-cfg': 'call' } },
  }),
  fix(HEADERS_OF_CONFIG, 'config headers: the call’s win in another case', get({ 'x-cfg': 'call' }), {
    auth: EITHER,
    config: { headers: { 'X-CFG': 'config' } },
    ours: { headers: { 'x-cfg': 'call' } },
  }),
  keep('config headers: Accept', get({}), {
    config: { headers: { Accept: 'text/csv' } },
    ours: { headers: { accept: 'text/csv' } },
  }),
  keep('config headers: Content-Type', post({}, 'hi'), {
    config: { headers: { 'Content-Type': 'text/plain' } },
    ours: { headers: { 'content-type': 'text/plain' }, body: 'hi' },
  }),
]

const PRIVATE = 'abc123.execute-api.us-east-1.amazonaws.com'
const privateApi = [
  fix(UNSIGNED_PORT, 'host: without it the port is not signed', get({}), {
    auth: ['iam'],
    without: ['host'],
    ours: { verdict: 'ok', resolves: { status: 200 } },
    old: { verdict: 'SignatureDoesNotMatch' },
  }),
  fix('host of a private API', 'host: the api id is sent, the real host signed', get({}), {
    auth: ['iam'],
    gateway: { requireApiId: 'abc123' },
    config: { host: PRIVATE },
    ours: { headers: { 'x-apigw-api-id': 'abc123' }, verdict: 'ok', resolves: { status: 200 } },
    old: { headers: { 'x-apigw-api-id': undefined }, rejects: { 'response.status': 403 } },
  }),
  fix('host of a private API', 'host: with a port', get({}), {
    auth: ['iam'],
    gateway: { requireApiId: 'abc123' },
    config: { host: `${PRIVATE}:443` },
    ours: { headers: { 'x-apigw-api-id': 'abc123' }, verdict: 'ok' },
    old: { rejects: { 'response.status': 403 } },
  }),
  fix('host of a private API', 'host: without credentials', get({}), {
    gateway: { requireApiId: 'abc123' },
    config: { host: PRIVATE },
    ours: { headers: { 'x-apigw-api-id': 'abc123' }, resolves: { status: 200 } },
    old: { headers: { 'x-apigw-api-id': undefined }, rejects: { 'response.status': 403 } },
  }),
  keep('host: a private API without it is refused', get({}), {
    gateway: { requireApiId: 'abc123' },
    ours: { rejects: { 'response.data': { message: 'Forbidden' } } },
  }),
  keep('host: x-apigw-api-id in the call', get({ 'x-apigw-api-id': 'abc123' }), {
    auth: EITHER,
    gateway: { requireApiId: 'abc123' },
    ours: { resolves: { status: 200 } },
  }),
  keep('host: the URL’s own', get({}), { auth: ['iam'], ours: { headers: { 'x-apigw-api-id': undefined } } }),
  keep('host: an empty one', get({}), {
    auth: ['open'],
    config: { host: '' },
    ours: { headers: { 'x-apigw-api-id': undefined } },
  }),
  fix('host of a private API', 'host: no host name', get({}), {
    auth: EITHER,
    config: { host: 'http://x/y' },
    ours: { sent: 0, refuses: { name: 'TypeError', message: /^host must be/ } },
  }),
]

const sessionTokenSigned = ({ verdict }, expected) => verdict.sessionTokenSigned === expected

export const keysAndTokens = [...keys, ...tokens, ...configured, ...privateApi]
