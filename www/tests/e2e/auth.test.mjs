// Every kind of authorization; credentials as they are pasted, masked, counted down and forgotten.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSigner } from 'gatesign/v4a'
import { API_KEY, LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const choose = (tester, name) => tester.page.getByRole('radio', { name, exact: true }).check()

test(
  'none and API key',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await choose(tester, 'None')
    await tester.request('GET', '/stage/open/movie_list')
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).header('authorization'), undefined)
    await choose(tester, 'API key')
    await tester.apiKey.fill(API_KEY)
    await tester.request('GET', '/stage/key/movie_list')
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).verdict.by, 'apiKey')
  }),
)

test(
  'IAM with an API key',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.field('Send an API key too').check()
    await tester.apiKey.fill(API_KEY)
    await tester.request('GET', '/stage/both/movie_list')
    assert.match(await tester.send(), /^200/)
    const { verdict } = await tester.arrived()
    assert.deepEqual([verdict.by, verdict.apiKey], ['header', true])
  }),
)

test(
  'IAM in the query: no preflight is asked',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.page.getByRole('radio', { name: /^Query/ }).check()
    await tester.request('GET', '/stage/movie_list?format=dynamodb')
    assert.match(await tester.send(), /^200/)
    const all = await gateway.requests()
    assert.deepEqual(
      all.map(({ method, verdict }) => [method, verdict.by]),
      [['GET', 'query']],
    )
  }),
)

test(
  'temporary credentials, in the headers and in the query',
  withPage(async (tester) => {
    const temporary = {
      accessKey: 'ASIATESTTEMPORARY',
      secretKey: 'temporary/SECRET+KEY',
      sessionToken: 'token/with+signs==',
    }
    await gateway.identity({
      accessKeyId: temporary.accessKey,
      secretAccessKey: temporary.secretKey,
      sessionToken: temporary.sessionToken,
    })
    await tester.credentials(temporary)
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).verdict.sessionTokenSigned, true)
    await tester.page.getByRole('radio', { name: /^Query/ }).check()
    assert.match(await tester.send(), /^200/)
    assert.equal((await tester.arrived()).verdict.by, 'query')
  }),
)

const [ID, SECRET, TOKEN] = [
  'ASIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  'IQoJb3JpZ2lu/Token+With/Signs==',
]
const LATER = () => new Date(Date.now() + 3_600_000).toISOString()
const BLOCKS = {
  sh: () =>
    `export AWS_ACCESS_KEY_ID="${ID}"\nexport AWS_SECRET_ACCESS_KEY="${SECRET}"\nexport AWS_SESSION_TOKEN="${TOKEN}"\n`,
  PowerShell: () =>
    `$Env:AWS_ACCESS_KEY_ID="${ID}"\n$Env:AWS_SECRET_ACCESS_KEY="${SECRET}"\n$Env:AWS_SESSION_TOKEN="${TOKEN}"`,
  cmd: () =>
    `SET AWS_ACCESS_KEY_ID=${ID}\r\nSET AWS_SECRET_ACCESS_KEY=${SECRET}\r\nSET AWS_SESSION_TOKEN=${TOKEN}`,
  'credentials file': () =>
    `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\n`,
  'aws sts': () =>
    JSON.stringify(
      { Credentials: { AccessKeyId: ID, SecretAccessKey: SECRET, SessionToken: TOKEN, Expiration: LATER() } },
      null,
      4,
    ),
  credential_process: () =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: ID,
      SecretAccessKey: SECRET,
      SessionToken: TOKEN,
      Expiration: LATER(),
    }),
  'white space around it': () =>
    `  \n\t export AWS_ACCESS_KEY_ID=${ID} \n  export AWS_SECRET_ACCESS_KEY=${SECRET}  \n export AWS_SESSION_TOKEN=${TOKEN}\t\n\n`,
}

for (const [form, block] of Object.entries(BLOCKS)) {
  test(
    `pasted credentials: ${form}`,
    withPage(async (tester) => {
      await tester.tab('Auth').click()
      await tester.paste(tester.field('Paste a block'), block())
      await tester.page.getByText(/Filled in: key, secret, session token/).waitFor()
      const fields = ['Access key id', 'Secret access key', 'Session token'].map((name) =>
        tester.field(name).inputValue(),
      )
      assert.deepEqual(await Promise.all(fields), [ID, SECRET, TOKEN])
      if (/Expiration/.test(block())) await tester.page.getByText(/They end in 5\d:\d\d/).waitFor()
    }),
  )
}

test(
  'masked, revealed, forgotten; gone from the DOM when the panel closes',
  withPage(async (tester) => {
    await tester.credentials()
    const secret = tester.field('Secret access key')
    assert.equal(await secret.getAttribute('type'), 'password')
    await tester.button('Show secret access key').click()
    assert.equal(await secret.getAttribute('type'), 'text')
    await tester.tab('Headers').click()
    const inPage = await tester.page.evaluate(
      (text) =>
        document.documentElement.outerHTML.includes(text) ||
        [...document.querySelectorAll('input')].some(({ value }) => value === text),
      LONG_LIVED.secretKey,
    )
    assert.equal(inPage, false)
    await tester.tab('Auth').click()
    await tester.button('Forget them').click()
    assert.equal(await tester.field('Secret access key').inputValue(), '')
  }),
)

test(
  'region and service are read from the host and can be changed',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await tester.url.fill('https://abc123.execute-api.eu-central-1.amazonaws.com/prod/x')
    assert.equal(
      await tester.page.getByRole('textbox', { name: /^Region/ }).getAttribute('placeholder'),
      'eu-central-1',
    )
    assert.equal(
      await tester.page.getByRole('textbox', { name: /^Service/ }).getAttribute('placeholder'),
      'execute-api',
    )
  }),
)

test(
  'IAM for a set of regions: its module is loaded for it, and its header is sent, explained and asked for',
  withPage(async (tester) => {
    const loaded = () =>
      tester.page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => /v4a/.test(name)).length,
      )
    await tester.credentials()
    await tester.request('POST', '/stage/open/echo')
    assert.match(await tester.send(), /^200/)
    assert.equal(await loaded(), 0)
    await tester.tab('Auth').click()
    await tester.page.getByRole('textbox', { name: /^SigV4a regions/ }).fill('us-east-1,eu-west-1')
    // The gateway's list of allowed headers is API Gateway's own, in which it is not.
    assert.equal(await tester.send(), 'No answer')
    await tester.tab('CORS').click()
    await tester.result.getByText(/Request-Headers: \S*x-amz-region-set/).waitFor()
    await gateway.configure({
      cors: { allowHeaders: 'Content-Type,Authorization,X-Amz-Date,X-Amz-Region-Set' },
    })
    await tester.tab('Response').click()
    assert.match(await tester.send(), /^200/)
    assert.ok((await loaded()) > 0)
    const { method, target, header } = await tester.arrived()
    const identity = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
    const signer = createSigner({ ...identity, regionSet: 'us-east-1,eu-west-1', service: 'execute-api' })
    const [, names = ''] = /SignedHeaders=([^,]+)/.exec(header('authorization')) ?? []
    const own = names.split(';').filter((name) => !['host', 'x-amz-date', 'x-amz-region-set'].includes(name))
    const expected = signer.sign({
      method,
      url: `${gateway.url}${target}`,
      headers: own.map((name) => [name, header(name)]),
      date: header('x-amz-date'),
    })
    assert.equal(header('authorization'), expected.headers.authorization)
    await tester.tab('Signature').click()
    await tester.page.getByText('These steps produce exactly the signature that was sent.').waitFor()
    await tester.page.getByText('The regions that the signature is for (SigV4a); * is all of them.').waitFor()
  }),
)
