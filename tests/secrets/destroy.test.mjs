// destroy(): nothing of the credentials is left in the module's memory, and later calls are refused.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { moduleBytes } from './module-memory.mjs'
import { signingKeys } from './signing-key.mjs'

const { createSigner, newClient } = await import('gatesign')

const SECRET = 'canary/secret+access/key/for/destroy'
const TOKEN = 'canary+session/token+for/destroy=='
const API_KEY = 'canary-api-key-for-destroy'
const CANARIES = [SECRET, TOKEN, API_KEY, encodeURIComponent(TOKEN)]
const DESTROYED = (what) => ({ name: 'TypeError', message: new RegExp(`^this ${what} was destroyed`) })

const gateway = await startGateway()
let searched = 0
after(() => {
  gateway.stop()
  console.log(`counted: ${searched} bytes of the module's memory searched for ${CANARIES.length} canaries`)
})
beforeEach(() => gateway.reset())

/** Which of the canaries the module's memory holds. */
function found() {
  const bytes = moduleBytes()
  searched += bytes.length
  return CANARIES.filter((canary) => bytes.includes(canary))
}

const canaries = {
  invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
  accessKey: 'ASIACANARY',
  secretKey: SECRET,
  sessionToken: TOKEN,
  apiKey: API_KEY,
}
const good = () => ({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })
const useAll = async (client) => {
  await client.sign({ pathTemplate: '/a', method: 'POST', body: { text: 'ü' } })
  await client.presign({ pathTemplate: '/a', expiresIn: 60 })
  await client.explain({ pathTemplate: '/a' })
}

describe('memory', () => {
  test('a client', async () => {
    const client = newClient(canaries)
    await useAll(client)
    for (const canary of [SECRET, TOKEN, API_KEY])
      assert.ok(found().includes(canary), `${canary} is there to be found`)
    client.destroy()
    assert.deepEqual(found(), [])
  })

  test('a client with a provider, after a renewal', async () => {
    let given = 0
    const provider = async () => {
      given += 1
      // So near its end that each use renews it.
      const expiration = new Date(Date.now() + 1000)
      return { accessKeyId: 'ASIACANARY', secretAccessKey: SECRET, sessionToken: TOKEN, expiration }
    }
    const { invokeUrl } = canaries
    const client = newClient({ invokeUrl, credentials: provider })
    await useAll(client)
    assert.ok(given > 1)
    assert.ok(found().includes(SECRET))
    client.destroy()
    assert.deepEqual(found(), [])
    await assert.rejects(client.sign({}), DESTROYED('client'))
    assert.equal(given, 3, 'the provider is not asked any more')
  })

  test('a client and a signer that nobody holds any more, once the engine has collected them', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc')
    const identity = { accessKeyId: 'ASIACANARY', secretAccessKey: SECRET, sessionToken: TOKEN }
    const use = async () => {
      await useAll(newClient(canaries))
      createSigner({ ...identity, region: REGION, service: 's3' }).sign({ url: 'https://a.b/' })
    }
    await use()
    assert.ok(found().includes(SECRET), 'it is there to be found')
    for (let i = 0; i < 500 && found().length > 0; i += 1) {
      collect()
      await sleep(20)
    }
    assert.deepEqual(found(), [])
  })

  test('a signer', () => {
    const signer = createSigner({
      accessKeyId: 'ASIACANARY',
      secretAccessKey: SECRET,
      sessionToken: TOKEN,
      region: REGION,
      service: 's3',
    })
    const request = { url: 'https://bucket.s3.amazonaws.com/key', expiresIn: 60 }
    signer.sign(request)
    signer.presign(request)
    signer.explain(request)
    assert.ok(found().includes(SECRET))
    signer.destroy()
    assert.deepEqual(found(), [])
    signer.destroy()
    for (const use of [
      () => signer.sign(request),
      () => signer.presign(request),
      () => signer.explain(request),
      () => signer.signString('text'),
    ])
      assert.throws(use, DESTROYED('signer'))
  })

  test('refused arguments leave nothing', async () => {
    assert.throws(() => newClient({ ...canaries, secretKey: `${SECRET}\n` }), TypeError)
    assert.deepEqual(found(), [])
  })
})

describe('the signing key', () => {
  const DATE = '20150830T123600Z'
  const keys = signingKeys(SECRET, '20150830', REGION, 's3')
  const foundKeys = () => {
    const bytes = moduleBytes()
    return keys.filter(([, key]) => bytes.includes(key)).map(([name]) => name)
  }

  test('is wiped with the signer that derived it, the copies on the stack too', () => {
    const options = {
      accessKeyId: 'ASIACANARY',
      secretAccessKey: SECRET,
      region: REGION,
      service: 's3',
      date: DATE,
    }
    const signer = createSigner(options)
    signer.signString('text')
    const request = { url: 'https://bucket.s3.amazonaws.com/key', expiresIn: 60, body: 'x' }
    for (const use of ['sign', 'presign', 'explain']) signer[use](request)
    for (const name of ['inner state', 'outer state']) assert.ok(foundKeys().includes(name), name)
    signer.destroy()
    assert.deepEqual(foundKeys(), [])
  })
})

describe('calls', () => {
  test('after destroy() each is refused, and nothing is sent', async () => {
    const client = newClient(good())
    await client.invokeApi({}, '/echo', 'GET')
    client.destroy()
    client.destroy()
    for (const use of [
      () => client.invokeApi({}, '/echo', 'GET'),
      () => client.fetch('/stage/echo'),
      () => client.sign({}),
      () => client.presign({ expiresIn: 60 }),
      () => client.explain({}),
    ])
      await assert.rejects(use(), DESTROYED('client'))
    assert.equal((await gateway.requests()).length, 1)
  })

  test('one under way ends as it would', async () => {
    const client = newClient(good())
    let sent
    const isSent = new Promise((resolve) => {
      sent = resolve
    })
    const slow = newClient({
      ...good(),
      fetch: async (...request) => {
        sent()
        return fetch(...request)
      },
    })
    const call = slow.invokeApi({}, '/echo', 'GET')
    await isSent
    slow.destroy()
    assert.equal((await call).status, 200)
    assert.equal((await client.invokeApi({}, '/echo', 'GET')).status, 200, 'another client goes on')
  })

  test('one that would be sent again is refused instead', async () => {
    await gateway.fault({ times: 2, action: { type: 'status', status: 503 } })
    const client = newClient({
      ...good(),
      retries: 2,
      retryDelay: () => {
        client.destroy()
        return 0
      },
    })
    await assert.rejects(client.invokeApi({}, '/echo', 'GET'), DESTROYED('client'))
    assert.equal((await gateway.requests()).length, 1)
  })
})
