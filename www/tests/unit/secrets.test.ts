import { describe, expect, it } from 'vitest'
import { isPlaceholder, literalOnly, templatesOnly } from '../../src/model/credentials'
import { isSensitive } from '../../src/model/headers'
import { NOT_KEPT } from '../../src/model/not-kept'
import { emptyRequest, type RequestDoc, readRequest, row } from '../../src/model/request'
import { safeRequest, usedAsCredentials, withSecretsMarked } from '../../src/model/secrets'
import { callOf } from '../../src/sign/call'

const request = (change: Partial<RequestDoc>): RequestDoc => ({
  ...emptyRequest(),
  auth: { ...emptyRequest().auth, kind: 'none' },
  url: 'https://x.example/',
  ...change,
})

describe('a placeholder that somebody else wrote is never sent', () => {
  it.each([
    ['a header', { headers: [row('Authorization', 'Basic [redacted]')] }],
    ['a header of an error of the package', { headers: [row('x-note', '[redacted: 39 characters]')] }],
    ['a parameter', { query: [row('access_token', '[REDACTED]')] }],
    ['the URL', { url: 'https://x.example/?access_token=[redacted]' }],
    ['a variable of the path', { url: 'https://x.example/{v}', variables: { v: '[redacted]' } }],
  ])('%s', (_, change) => {
    expect(() => callOf(request(change), new Map())).toThrow('[redacted]')
  })
})

describe('what is not kept is empty and marked, and is never sent', () => {
  const SECRETS = ['a-secret-value', 'user:password!']

  it.each([
    ['a header by its name', { headers: [row('Authorization', 'Bearer abc.def')] }, 'Authorization'],
    ['a header by its value', { headers: [row('x-note', 'a-secret-value')] }, 'x-note'],
    ['a parameter', { query: [row('access_token', 'abc')] }, 'access_token'],
    ['a field of a form', { query: [row('client_secret', 'abc')] }, 'client_secret'],
  ])('%s', (_, change, name) => {
    const kept = readRequest(JSON.parse(JSON.stringify(safeRequest(request(change), SECRETS))))
    const [item] = [...kept.headers, ...kept.query]
    expect(item).toMatchObject({ name, value: '', lost: true })
    expect(() => callOf(kept, new Map())).toThrow(`The value of ${name} was not kept: enter it again.`)
  })

  it.each([
    ['the URL by a name', { url: 'https://x.example/?access_token=abc' }],
    ['the URL by a value', { url: 'https://x.example/a-secret-value' }],
    ['a part of a header', { headers: [row('x-note', 'as a-secret-value')] }],
    ['Basic', { headers: [row('x-note', `of ${btoa('user:password!')}`)] }],
    [
      'the body',
      { method: 'POST', body: { ...emptyRequest().body, kind: 'json', text: '{"a":"a-secret-value"}' } },
    ],
    ['a variable of the URL', { url: 'https://x.example/{v}', variables: { v: 'a-secret-value' } }],
    ['a key of AWS', { url: 'https://x.example/AKIAIOSFODNN7EXAMPLE' }],
  ] as [string, Partial<RequestDoc>][])('%s', (_, change) => {
    const kept = readRequest(JSON.parse(JSON.stringify(safeRequest(request(change), SECRETS))))
    expect(JSON.stringify(kept)).toContain(NOT_KEPT)
    // Not even where a variable has got that name.
    const named = new Map([[NOT_KEPT.replace(/[{}]/g, ''), 'x']])
    expect(() => callOf(kept, named)).toThrow('was not kept')
    expect(() => callOf(kept, new Map())).toThrow('A credential stood here and was not kept: enter it again.')
  })

  it('what an older page wrote', () => {
    const old = {
      method: 'GET',
      url: 'https://x.example/?access_token=[redacted]',
      headers: [{ on: true, name: 'x-api-key', value: '[redacted]' }],
    }
    const read = readRequest(old)
    expect(read.headers[0]).toMatchObject({ value: '', lost: true })
    expect(read.url).toBe(`https://x.example/?access_token=${NOT_KEPT}`)
    // A word that a person writes today is a word.
    const word = request({ headers: [row('x-note', '[redacted]')] })
    expect(readRequest(word).headers[0]?.value).toBe('[redacted]')
  })

  it('a secret access key goes with the key id next to it; a SHA-1 alone stays', () => {
    const hash = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'
    const key = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
    const alone = safeRequest(request({ headers: [row('x-hash', hash)] }), [])
    expect(alone.headers[0]?.value).toBe(hash)
    const near = safeRequest(request({ headers: [row('a', 'AKIAIOSFODNN7EXAMPLE'), row('b', key)] }), [])
    expect(JSON.stringify(near)).not.toMatch(/AKIA|wJalr/)
  })
})

describe('a variable is secret by its use', () => {
  const environment = (...names: string[]) => ({
    id: 'e',
    name: 'E',
    variables: names.map((name) => ({ name, value: `value of ${name}`, secret: false })),
  })

  it.each([
    ['a header', request({ headers: [row('authorization', 'Bearer {{q}}')] }), {}],
    ['an API key under a name of its own', request({}), { apiKey: '{{q}}' }],
    ['the URL', request({ url: 'https://x.example/?access_token={{q}}' }), {}],
    ['a key', request({}), { secretAccessKey: '{{ q }}' }],
  ])('%s', (_, doc, credentials) => {
    const marked = withSecretsMarked(environment('p', 'q'), usedAsCredentials([doc], [credentials]))
    expect(marked.variables.map(({ secret }) => secret)).toEqual([false, true])
  })

  it('and so is what it is made of, in circles too', () => {
    const made = environment('a', 'b', 'c')
    made.variables[0] = { name: 'a', value: '{{b}}', secret: false }
    made.variables[1] = { name: 'b', value: 'x{{a}}{{b}}', secret: false }
    const marked = withSecretsMarked(made, new Set(['a']))
    expect(marked.variables.map(({ secret }) => secret)).toEqual([true, true, false])
  })

  it('and what looks like a key', () => {
    const given = environment('one', 'two', 'three')
    given.variables[0] = { name: 'one', value: 'ASIAIOSFODNN7EXAMPLE', secret: false }
    given.variables[1] = { name: 'two', value: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', secret: false }
    const marked = withSecretsMarked(given, new Set())
    expect(marked.variables.map(({ secret }) => secret)).toEqual([true, true, false])
  })
})

it.each([
  '$AWS_KEY',
  '${AWS_KEY}',
  '$Env:KEY',
  '${Env:KEY}',
  '%KEY%',
  '!KEY!',
  '{{ak}}',
  '<your key>',
  '[redacted]',
  '***',
  'YOUR_KEY',
  '$(pass aws)',
  'process.env.KEY',
])('%s only stands for a credential', (text) => {
  expect(isPlaceholder(text)).toBe(true)
  expect(literalOnly({ accessKeyId: text, secretAccessKey: 's' })).toEqual({ secretAccessKey: 's' })
})

it.each([
  'AKIDEXAMPLE',
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  'd41d8cd98f00b204e9800998ecf8427e',
  'p$w%d!',
])('%s is one', (text) => expect(isPlaceholder(text)).toBe(false))

it('keeps names of variables, and nothing that has a value', () => {
  expect(templatesOnly({ accessKeyId: '{{ak}}', secretAccessKey: 'x', apiKey: 'a{{b}}' })).toEqual({
    accessKeyId: '{{ak}}',
  })
})

it.each([
  'Authorization',
  'x-api-key',
  'apikey',
  'X-Auth-Token',
  'accessToken',
  'client_secret',
  'token',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
  'x-amz-s3session-token',
  'Cookie',
  'id_token',
])('%s names a credential', (name) => expect(isSensitive(name)).toBe(true))

it.each([
  'accept',
  'content-type',
  'key',
  'nextToken',
  'page-token',
  'x-note',
  'tokens',
  'x-amz-date',
  'author',
  'api',
])('%s does not', (name) => expect(isSensitive(name)).toBe(false))

it('a request whose names are those of prototypes is like any other', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
    const call = callOf(request({ url: `https://x.example/{${name}}` }), new Map())
    expect(call.pathParams).toEqual({})
    const variables = JSON.parse(`{"${name}": "v"}`)
    const filled = callOf(readRequest(request({ url: `https://x.example/{${name}}`, variables })), new Map())
    expect(Object.entries(filled.pathParams)).toEqual([[name, 'v']])
  }
})
