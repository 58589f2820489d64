// The usual mistakes, made as a new user makes them, against servers of this machine: what newClient says in its message
// or its diagnosis, what `gatesign call` prints, and in Chromium what a page reads.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { startChromium } from '../lib/chromium.mjs'
import { REGION } from '../lib/gateway.mjs'
import { KEYS, startTerminal } from '../lib/terminal.mjs'

const { gateway, gatesign } = await startTerminal()
const STAGE = `${gateway.url}/stage`
const { AWS_ACCESS_KEY_ID: ID, AWS_SECRET_ACCESS_KEY: SECRET } = KEYS
const EXPIRED = {
  accessKeyId: 'ASIAMISTAKES',
  secretAccessKey: 'mistakes/secret',
  sessionToken: 'mistakes/token==',
}

const closed = createServer().listen(0, '127.0.0.1')
await once(closed, 'listening')
const NOBODY = `127.0.0.1:${closed.address().port}`
closed.close()

const DENIED = {
  type: 'status',
  status: 403,
  headers: { 'x-amzn-errortype': 'AccessDeniedException' },
  body: {
    Message:
      'User: arn:aws:iam::123456789012:user/u is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abc123/prod/GET/echo with an explicit deny in a resource-based policy',
  },
}

/** Everything that a user sees of a call that fails, or of a client that cannot be made. */
async function read({ path = '/echo', method = 'GET', params = {}, ...config }, without = '') {
  try {
    const given = { invokeUrl: STAGE, region: REGION, accessKey: ID, secretKey: SECRET, ...config }
    delete given[without]
    await newClient(given).invokeApi(params, path, method)
  } catch (error) {
    const { message, diagnosis } = error
    return `${message}\n${diagnosis?.summary}\n${diagnosis?.hint}`
  }
  return assert.fail('nothing failed')
}

/** The mistake, the sentence that names it, and how it is made: with newClient, and in the terminal. */
const MISTAKES = [
  {
    name: 'the wrong region',
    says: /signed for a different region/,
    config: { region: 'eu-west-1' },
    args: ['--region', 'eu-west-1', `${STAGE}/echo`],
  },
  {
    name: 'the wrong stage',
    says: /method, path or stage that does not exist/,
    config: { invokeUrl: `${gateway.url}/stagging` },
    args: [`${gateway.url}/stagging/echo`],
  },
  {
    name: 'the wrong method',
    says: /method, path or stage that does not exist/,
    config: { path: '/movie_list', method: 'DELETE' },
    args: ['-X', 'DELETE', `${STAGE}/movie_list`],
  },
  {
    name: 'a secret with a newline',
    says: /has white space/,
    config: { secretKey: `${SECRET}\n` },
    args: [`${STAGE}/echo`],
    env: { ...KEYS, AWS_SECRET_ACCESS_KEY: `${SECRET}\n` },
  },
  {
    name: 'swapped keys',
    says: /swapped/,
    config: { accessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', secretKey: 'AKIAIOSFODNN7EXAMPLE' },
    args: [`${STAGE}/echo`],
    env: {
      ...KEYS,
      AWS_ACCESS_KEY_ID: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      AWS_SECRET_ACCESS_KEY: 'AKIAIOSFODNN7EXAMPLE',
    },
  },
  {
    name: 'an expired token',
    says: /temporary credentials have expired/,
    prepare: () => gateway.identity({ ...EXPIRED, expiresAtMs: 1 }),
    config: {
      accessKey: EXPIRED.accessKeyId,
      secretKey: EXPIRED.secretAccessKey,
      sessionToken: EXPIRED.sessionToken,
    },
    args: [`${STAGE}/echo`],
    env: {
      ...KEYS,
      AWS_ACCESS_KEY_ID: EXPIRED.accessKeyId,
      AWS_SECRET_ACCESS_KEY: EXPIRED.secretAccessKey,
      AWS_SESSION_TOKEN: EXPIRED.sessionToken,
    },
  },
  {
    name: 'no scheme',
    says: /http or https URL|https:\/\//,
    config: { invokeUrl: STAGE.replace('http://', '') },
    args: [`${STAGE.replace('http://', '')}/echo`],
  },
  {
    name: 'a misspelt option',
    says: /accessKeyId is not an option of newClient: it is called accessKey|--regoin/,
    config: { accessKeyId: ID },
    without: 'accessKey',
    args: ['--regoin', REGION, `${STAGE}/echo`],
  },
  {
    name: 'a private name outside its VPC',
    says: /private API resolves only inside its VPC/,
    config: { invokeUrl: 'https://abc123.private.invalid/prod' },
    args: ['https://abc123.private.invalid/prod/echo'],
  },
  {
    name: 'a closed port',
    says: /Nothing listens/,
    config: { invokeUrl: `http://${NOBODY}/stage` },
    args: [`http://${NOBODY}/stage/echo`],
  },
  {
    name: 'https for http',
    says: /does not (?:speak|answer in) TLS/,
    config: { invokeUrl: STAGE.replace('http:', 'https:') },
    args: [`${STAGE.replace('http:', 'https:')}/echo`],
  },
  {
    name: 'an empty variable',
    says: /a variable was empty|method, path or stage that does not exist/,
    config: { path: '/no/{year}/route', params: { year: '' } },
    args: [`${STAGE}/no//route`],
  },
  {
    name: 'an explicit deny',
    says: /explicit Deny overrides every Allow/,
    prepare: () => gateway.fault({ action: DENIED }),
    config: {},
    args: [`${STAGE}/echo`],
  },
  {
    name: 'no API key',
    says: /the API key is missing or wrong/,
    config: { path: '/key/echo' },
    args: [`${STAGE}/key/echo`],
  },
]

for (const { name, says, prepare, config, without, args, env = KEYS } of MISTAKES) {
  describe(name, () => {
    test('newClient', async () => {
      await prepare?.()
      assert.match(await read(config, without), says)
    })
    test('gatesign call', async () => {
      await prepare?.()
      const { error } = await gatesign(['call', ...args], { env })
      assert.match(error, says)
      for (const secret of [SECRET, EXPIRED.secretAccessKey]) assert.ok(!error.includes(secret), 'no secret')
    })
  })
}

test('an empty variable is named where the path shows it', async () => {
  assert.match(await read({ path: '/no/{year}/route', params: { year: '' } }), /a variable was empty/)
})

describe('in Chromium', () => {
  let chromium
  let page
  before(async () => {
    chromium = await startChromium()
    page = await chromium.browser.newPage()
    await page.goto(chromium.url)
  })
  after(() => chromium?.stop())

  const inPage = (config) =>
    page.evaluate(async (config) => {
      const { newClient } = await import('/web.mjs')
      const error = await newClient(config)
        .invokeApi({}, '/echo', 'GET')
        .catch((error) => error)
      return `${error.message}\n${error.diagnosis.summary}\n${error.diagnosis.hint}`
    }, config)
  const config = { invokeUrl: STAGE, region: REGION, accessKey: ID, secretKey: SECRET }

  test('CORS', async () => {
    await gateway.configure({ cors: { allowHeaders: 'Content-Type' } })
    const said = await inPage(config)
    assert.match(said, /^Network Error\n.*the browser's CORS check failed/)
    assert.match(said, /OPTIONS must answer without IAM/)
  })

  test('a closed port is the same to a page, which is told nothing more', async () => {
    assert.match(await inPage({ ...config, invokeUrl: `http://${NOBODY}/stage` }), /no connection/)
  })

  test('an answer that the page may read: a wrong secret key', async () => {
    const said = await inPage({ ...config, secretKey: 'wrong' })
    assert.match(said, /^Request failed with status code 403: .*the secret key does not belong/)
  })
})
