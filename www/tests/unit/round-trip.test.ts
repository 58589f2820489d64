// What the page exports comes back as it was.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curl } from '../../src/export/curl'
import { client, fetched } from '../../src/export/javascript'
import { plainOf } from '../../src/export/plain'
import { readText } from '../../src/import/read'
import { emptyRequest, type RequestDoc, row } from '../../src/model/request'
import { callOf } from '../../src/sign/call'
import { ready } from '../../src/sign/gatesign'
import { recorder } from './lib/recorder'
import { sendAll } from './lib/sent'

let server: Awaited<ReturnType<typeof recorder>>
beforeAll(async () => {
  await ready
  server = await recorder()
})
afterAll(() => server.close())

const base = emptyRequest()
const auth = { ...base.auth, kind: 'iam' as const, region: 'eu-west-1', service: 'execute-api' }
const none = { ...auth, kind: 'none' as const, region: '', service: '' }

const DOCS: [string, Partial<RequestDoc>][] = [
  ['signed', { auth }],
  ['not signed', { auth: none }],
  ['for another service', { auth: { ...auth, service: 'es' } }],
  ['signed in the query', { auth: { ...auth, place: 'query', expiresIn: 60 } }],
  ['an API key', { auth: { ...none, kind: 'key' } }],
  ['a signature and an API key', { auth: { ...auth, withApiKey: true } }],
  ['an empty header', { auth, headers: [row('x-amz-meta-a', '')] }],
  ['headers with quotes', { auth, headers: [row('x-note', `it's "quoted" & \\ $HOME \`x\` %A_B%`)] }],
  ['a query', { auth, query: [row('b', '2'), row('a', '1'), row('f[x]', 'ä & é'), row('a', '')] }],
  [
    'a query without a signature',
    { auth: none, query: [row('b', '2'), row('a b', "1'2"), row('c', 'x+y=z')] },
  ],
  ['HEAD', { auth, method: 'HEAD' }],
  ['PATCH', { auth: none, method: 'PATCH' }],
  [
    'JSON',
    {
      auth,
      method: 'POST',
      body: { ...base.body, kind: 'json', text: `{"a":"it's \\\\ \\n é","b":[1,{}]}` },
    },
  ],
  [
    'a form',
    { auth, method: 'PUT', body: { ...base.body, kind: 'form', form: [row('a', '1 2'), row('b', '&=')] } },
  ],
  [
    'parts',
    {
      auth: none,
      method: 'POST',
      body: { ...base.body, kind: 'form', encoding: 'multipart', form: [row('a', '1'), row('b', 'x\ny')] },
    },
  ],
  [
    'text',
    {
      auth,
      method: 'POST',
      body: { ...base.body, kind: 'text', text: 'one\r\ntwo\n$(id) `id`', contentType: 'text/plain' },
    },
  ],
]

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', apiKey: 'KEY' }

describe.each([
  ['curl', curl],
  ['gatesign', client],
  ['fetch', fetched],
])('%s', (language, write) => {
  it.each(DOCS)('%s', async (name, change) => {
    const doc = { ...base, url: `${server.base}/stage/{a}/b%20c`, variables: { a: 'x y' }, ...change }
    await sendAll({
      request: doc,
      collections: [],
      environments: [],
      history: [],
      identities: [],
      notes: [],
      signed: [],
      credentials: KEYS,
    })
    const before = server.take()
    const found = await readText(write(await plainOf(callOf(doc, new Map()), [])))
    Object.assign(found.credentials, KEYS)
    await sendAll(found)
    // curl signs in the headers, and says so.
    const after = server.take()
    if (language === 'curl' && name === 'signed in the query') expect(found.request?.auth.kind).toBe('iam')
    else expect(after).toEqual(before)
    expect(JSON.stringify(found.request)).not.toContain(KEYS.secretAccessKey)
  })
})
