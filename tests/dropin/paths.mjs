// Templates and how they are joined to invokeUrl.

import {
  CHARACTERS_IN_PATH,
  DOT_SEGMENTS,
  EMPTY_PATH,
  LISTS_IN_PATH,
  LOST_VALUES,
  NO_SLASH,
  QUERY_IN_PATH,
  SLASHES,
  THROWN_ERRORS,
  USER_IN_URL,
} from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const vars = {
  var: 'value',
  hello: 'Hello World!',
  half: '50%',
  list: ['red', 'green', 'blue'],
  keys: { semi: ';', dot: '.', comma: ',' },
  path: '/foo/bar',
  empty: '',
  undef: undefined,
  nul: null,
  list2: ['a', null, undefined, '', 0, false],
  keysn: { a: null, b: undefined, c: '', d: 0 },
  elist: [],
  sym: "!*'()",
  sep: ':@&=+$,;[]',
  uni: 'é日本😀',
  n: 1.5,
  zero: 0,
  no: false,
  nested: { a: { b: 1 } },
  lists: [['x', 'y'], 'z'],
  fn: () => 'x',
  pct: 'a%20b',
  dots: 'a..b',
}

/** Template, target, and the defect of the old signature. */
const expansions = [
  ['{var}', 'value'],
  ['{hello}', 'Hello%20World%21'],
  ['{half}', '50%25'],
  ['{pct}', 'a%2520b'],
  ['O{undef}X', 'OX'],
  ['O{nul}X', 'OX'],
  ['O{empty}X', 'OX'],
  ['O{missing}X', 'OX'],
  ['{list}', 'red,green,blue', LISTS_IN_PATH],
  ['{list*}', 'red,green,blue', LISTS_IN_PATH],
  ['{keys}', 'semi,%3B,dot,.,comma,%2C', LISTS_IN_PATH],
  ['{keys*}', 'semi=%3B,dot=.,comma=%2C', LISTS_IN_PATH],
  ['x{+path}/here', 'x/foo/bar/here'],
  ['{+hello}', 'Hello%20World!', CHARACTERS_IN_PATH],
  ['{+pct}', 'a%20b'],
  ['{+half}', '50%25'],
  ['a{#path,var}', 'a', QUERY_IN_PATH],
  ['X{.list*}', 'X.red.green.blue'],
  ['X{.empty}', 'X.'],
  ['a{/var,empty}', 'a/value/'],
  ['a{/list*}', 'a/red/green/blue'],
  ['a{/path}', 'a/%2Ffoo%2Fbar'],
  ['a{;var,empty,undef}', 'a;var=value;empty', LISTS_IN_PATH],
  ['a{;list*}', 'a;list=red;list=green;list=blue', LISTS_IN_PATH],
  ['a{;keys*}', 'a;semi=%3B;dot=.;comma=%2C', LISTS_IN_PATH],
  ['{?var,empty,undef}', '?var=value&empty=', QUERY_IN_PATH],
  ['{?list}', '?list=red,green,blue', QUERY_IN_PATH],
  ['{?list*}', '?list=red&list=green&list=blue', QUERY_IN_PATH],
  ['{?keys*}', '?semi=%3B&dot=.&comma=%2C', QUERY_IN_PATH],
  ['{?elist}', '?elist=', QUERY_IN_PATH],
  ['x?fixed=1{&var}', 'x?fixed=1&var=value', QUERY_IN_PATH],
  ['{var:3}', 'val'],
  ['a{+path:4}', 'a/foo'],
  ['{list:1}', 'red,green,blue', LISTS_IN_PATH],
  ['{list2}', 'a,,0,false', LISTS_IN_PATH],
  ['{keysn}', 'c,,d,0', LISTS_IN_PATH],
  ['{keysn*}', 'c=,d=0', LISTS_IN_PATH],
  ['{sym}', '%21%2A%27%28%29'],
  ['{+sym}', '!*%27()', CHARACTERS_IN_PATH],
  ['{+sep}', ':@&=+$,;[]', CHARACTERS_IN_PATH],
  ['{uni}', '%C3%A9%E6%97%A5%E6%9C%AC%F0%9F%98%80'],
  ['{+uni}', '%C3%A9%E6%97%A5%E6%9C%AC%F0%9F%98%80'],
  ['{n}-{zero}-{no}', '1.5-0-false'],
  ['{nested}', 'a,%5Bobject%20Object%5D', LISTS_IN_PATH],
  ['{lists}', 'x%2Cy,z', LISTS_IN_PATH],
  ['a{fn}b', 'ab'],
  ['a{/missing}b', 'ab'],
  ['a/{missing}/b', 'a//b', SLASHES],
  ['{ var }x', 'x'],
  ['{{var}}', '%7Bvalue%7D', CHARACTERS_IN_PATH],
  ['{}', '%7B%7D', CHARACTERS_IN_PATH],
  ['{var', '%7Bvar', CHARACTERS_IN_PATH],
  ['var}', 'var%7D', CHARACTERS_IN_PATH],
  ['{var*3}', 'value'],
  ['{var,zero}', 'value,0', LISTS_IN_PATH],
  ['100%', '100%25'],
  ['a%zz', 'a%25zz'],
  ['a%2Fb%20c', 'a%2Fb%20c'],
  ['é 日', '%C3%A9%20%E6%97%A5'],
  ['a\\b', 'a%5Cb'],
  ['a\nb\tc', 'a%0Ab%09c'],
  ['a"<>`|^', 'a%22%3C%3E%60%7C%5E'],
  ["it's", 'it%27s', CHARACTERS_IN_PATH],
  ['[é]', '[%C3%A9]'],
  ['pets:batch', 'pets:batch', CHARACTERS_IN_PATH],
  ['a@b,c;d=e+f$g&h', 'a@b,c;d=e+f$g&h', CHARACTERS_IN_PATH],
  ['{dots}/c', 'a..b/c'],
]

const templates = expansions.map(([template, target, signedDefect]) =>
  keep(`template ${JSON.stringify(template)}`, [vars, `/echo/${template}`, 'GET'], {
    auth: EITHER,
    signedDefect,
    ours: { target: `~/echo/${target}`, resolves: { status: 200 } },
    // The old one shows the URL before Node escapes it.
    except: ['config.url'],
  }),
)

const params = [
  keep('params may be a list', [['zero', 'one'], '/echo/{1}', 'GET'], { ours: { target: '~/echo/one' } }),
  keep('params may be a string', ['four', '/echo/{length}', 'GET'], { ours: { target: '~/echo/4' } }),
  keep('params may be inherited', [Object.create({ a: 'b' }), '/echo/{a}', 'GET'], {
    ours: { target: '~/echo/b' },
  }),
  keep('null params', [null, '/echo/x', 'GET'], { ours: { target: '~/echo/x' } }),
  keep('undefined params', [undefined, '/echo/x', 'GET'], { ours: { target: '~/echo/x' } }),
  keep('an object with numbers for names', [{ a: { 0: 'x', 1: 'y' } }, '/echo/{a}', 'GET'], {
    ours: { target: '~/echo/0,x,1,y' },
  }),
  fix(
    'a string object is expanded by its letters',
    'a string object',
    [{ a: Object('xy') }, '/echo/{a}', 'GET'],
    {
      ours: { target: '~/echo/xy' },
      old: { target: '~/echo/0,x,1,y' },
    },
  ),
  fix('half an escape stays one', 'half an escape', [{ a: '%B/x' }, '/echo/%B{+a}', 'GET'], {
    ours: { target: '~/echo/%25B%25B/x' },
    old: { target: '~/echo/%B%B/x' },
  }),
  fix('an empty name is lost', 'an empty name', [{ m: { '': 'v', n: 'w' } }, '/echo/x{?m*}', 'GET'], {
    ours: { target: '~/echo/x?=v&n=w' },
    old: { target: '~/echo/x?v&n=w' },
  }),
  fix(THROWN_ERRORS, 'null params with a variable', [null, '/echo/a{x}', 'GET'], {
    auth: EITHER,
    ours: { target: '~/echo/a', resolves: { status: 200 } },
    old: { sent: 0, throws: { name: 'TypeError', message: /Cannot read properties of null/ } },
  }),
  fix(LOST_VALUES, 'a Date', [{ d: new Date(0) }, '/echo/{d}', 'GET'], {
    ours: { target: '~/echo/1970-01-01T00%3A00%3A00.000Z' },
    old: { target: '~/echo/' },
  }),
  fix(LOST_VALUES, 'a bigint', [{ d: 12345678901234567890n }, '/echo/{d}', 'GET'], {
    ours: { target: '~/echo/12345678901234567890' },
    old: { target: '~/echo/' },
  }),
  fix('URIError', 'a lone surrogate', [{ s: 'a\ud83d' }, '/echo/{s}', 'GET'], {
    ours: { sent: 0, rejects: { name: 'TypeError', message: /lone surrogate/ } },
    old: { sent: 0, throws: { name: 'URIError' } },
  }),
  fix('URIError', 'a prefix counts characters, not halves of them', [{ e: '😀x' }, '/echo/{e:1}', 'GET'], {
    ours: { target: '~/echo/%F0%9F%98%80' },
    old: { sent: 0, throws: { name: 'URIError' } },
  }),
  fix(DOT_SEGMENTS, 'a parameter ..', [{ v: '..' }, '/echo/{v}', 'GET'], {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /pathParams/ } },
    old: { target: '~/echo/..' },
  }),
  fix(DOT_SEGMENTS, 'a parameter .', [{ v: '.' }, '/echo/{v}/x', 'GET'], {
    ours: { sent: 0, rejects: { name: 'TypeError', message: /pathParams/ } },
    old: { target: '~/echo/./x' },
  }),
  fix(DOT_SEGMENTS, 'dot segments that the template spells out', [{}, '/echo/a/../b', 'GET'], {
    auth: EITHER,
    ours: { target: '~/echo/b', resolves: { status: 200 } },
    old: { target: '~/echo/a/../b' },
  }),
]

const joined = (suffix, template, target, more = {}) => {
  const row = {
    config: ({ url, prefix }) => ({ invokeUrl: `${url}${prefix}${suffix}` }),
    except: ['config.url'],
    ...more,
  }
  const name = `invokeUrl …${suffix || '/stage'} and ${JSON.stringify(template)}`
  return more.ours
    ? fix(more.defect, name, [{}, template, 'GET'], row)
    : keep(name, [{}, template, 'GET'], { ...row, ours: { target } })
}

const joins = [
  joined('', '/echo/x', '~/echo/x', { auth: EITHER }),
  joined('/', 'echo/x', '~/echo/x', { auth: EITHER }),
  joined('/echo', 'x', '~/echox', {}),
  joined('/echo', '', '~/echo', { auth: EITHER }),
  joined('/echo/', '/x', '~/echo//x', { auth: EITHER, signedDefect: SLASHES }),
  joined('/echo#f', '/x', '~/echo', {
    defect: 'a fragment of invokeUrl swallows the template',
    auth: EITHER,
    ours: { target: '~/echo/x' },
    old: { target: '~/echo' },
  }),
  joined('/echo?k=v', '/x', '~/echo?k=v/x', {
    defect: QUERY_IN_PATH,
    auth: EITHER,
    ours: { target: '~/echo/x?k=v', resolves: { status: 200 } },
    old: { target: '~/echo?k=v/x' },
  }),
  joined('/echo/a b', '/x', '~/echo/a%20b/x', {}),
  joined('/echo/\u65e5', '/x', '', {
    defect: 'a non-ASCII invokeUrl',
    auth: EITHER,
    ours: { target: '~/echo/%E6%97%A5/x', resolves: { status: 200 } },
    old: { sent: 0, rejects: { code: 'ERR_UNESCAPED_CHARACTERS', isAxiosError: undefined } },
  }),
  joined('/echo', '/a#f', '~/echo/a', { auth: EITHER, signedDefect: QUERY_IN_PATH }),
  joined('/echo', '/a?x=1', '~/echo/a?x=1', { auth: EITHER, signedDefect: QUERY_IN_PATH }),
  fix(EMPTY_PATH, 'invokeUrl without a path and the empty template', [{}, '', 'GET'], {
    auth: EITHER,
    config: ({ url }) => ({ invokeUrl: url }),
    ours: { target: '/', rejects: { message: 'Request failed with status code 403' } },
    old: { target: '/' },
  }),
  fix(NO_SLASH, 'no slash between a bare host and the template', [{}, 'stage/open/echo/x', 'GET'], {
    config: ({ url }) => ({ invokeUrl: url }),
    ours: { target: '/stage/open/echo/x', resolves: { status: 200 } },
    // The port and the path become one: the request goes to port 80.
    old: { sent: 0 },
  }),
  fix(USER_IN_URL, 'a user name in invokeUrl', [{}, '/echo/x', 'GET'], {
    auth: ['iam'],
    config: ({ url }) => ({ invokeUrl: `${url.replace('//', '//user:canary@')}/stage` }),
    ours: {
      sent: 0,
      refuses: { name: 'TypeError', message: /invokeUrl must be a URL without a user name/ },
      check: ({ error }) => !error.message.includes('canary'),
    },
    old: { sent: 1, headers: { authorization: /^Basic / } },
  }),
  fix(
    QUERY_IN_PATH,
    'a query in the template and queryParams',
    [{}, '/echo/a?x=1', 'GET', { queryParams: { y: 2 } }],
    {
      auth: EITHER,
      ours: { target: '~/echo/a?x=1&y=2', resolves: { status: 200 } },
      old: { target: '~/echo/a?x=1?y=2' },
    },
  ),
  fix(
    QUERY_IN_PATH,
    'a fragment in the template and queryParams',
    [{}, '/echo/a#f', 'GET', { queryParams: { y: 2 } }],
    {
      auth: EITHER,
      ours: { target: '~/echo/a?y=2' },
      old: { target: '~/echo/a' },
    },
  ),
  fix(
    QUERY_IN_PATH,
    'a query in invokeUrl, the template and queryParams',
    [{ t: 'a b' }, '/x{?t}', 'GET', { queryParams: { y: 2 } }],
    {
      auth: EITHER,
      config: ({ url, prefix }) => ({ invokeUrl: `${url}${prefix}/echo?k=v` }),
      ours: { target: '~/echo/x?k=v&t=a%20b&y=2', resolves: { status: 200 } },
      old: { target: '~/echo?k=v/x?t=a%20b?y=2' },
    },
  ),
  fix('an empty query', 'a bare question mark is not sent', [{}, '/echo/a?', 'GET'], {
    auth: EITHER,
    ours: { target: '~/echo/a', resolves: { status: 200 } },
    old: { target: '~/echo/a?' },
  }),
]

export const paths = [...templates, ...params, ...joins]
