// Methods, and arguments that are missing.

import { EMPTY_METHOD, THROWN_ERRORS } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

export const methods = [
  ...['GET', 'get', 'pOsT', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'purge'].map((method) =>
    keep(`method ${method}`, [{}, '/echo/m', method], {
      auth: method === 'OPTIONS' ? ['open'] : EITHER,
      ours: { method: method.toUpperCase(), target: '~/echo/m' },
    }),
  ),
  keep('a String object', [{}, '/echo/m', new String('get')], { ours: { method: 'GET' } }),
  ...[
    ['undefined', undefined],
    ['null', null],
    ['5', 5],
  ].map(([name, method]) =>
    fix(THROWN_ERRORS, `method ${name} is a rejection that names it`, [{}, '/echo/m', method], {
      auth: EITHER,
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^method must be/ } },
      old: { sent: 0, throws: { name: 'TypeError' } },
    }),
  ),
  fix(EMPTY_METHOD, 'an empty method', [{}, '/echo/m', ''], {
    auth: ['iam'],
    ours: { sent: 0, rejects: { name: 'TypeError', message: /^method must be/ } },
    old: { method: 'GET', verdict: 'SignatureDoesNotMatch' },
  }),
  ...[' get', 'G\nET', 'TRACE', 'CONNECT'].map((method) =>
    fix('what fetch cannot send', `method ${JSON.stringify(method)}`, [{}, '/echo/m', method], {
      // Node's http module may wait for ever on CONNECT.
      skipOld: method === 'CONNECT',
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^method must be/ } },
    }),
  ),
  ...[
    ['undefined', undefined],
    ['null', null],
    ['an object', {}],
  ].map(([name, template]) =>
    fix(THROWN_ERRORS, `template ${name} is a rejection that names it`, [{}, template, 'GET'], {
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^pathTemplate must be/ } },
      old: { sent: 0, throws: { name: 'TypeError' } },
    }),
  ),
]
