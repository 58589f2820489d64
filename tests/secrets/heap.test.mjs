// Secrets that stay: what a heap snapshot holds of the credentials after they were given back. The canaries are
// made where they are used, and looked for by their halves, so that the test itself does not keep them.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSigner, newClient } from 'gatesign'
import { SignatureV4 } from 'gatesign/smithy'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const folder = join(tmpdir(), `gatesign-heap-${process.pid}.heapsnapshot`)
after(() => rmSync(folder, { force: true }))

const scope = { region: 'us-east-1', service: 'execute-api' }

/** The two halves of a text that nobody else has; the whole is nowhere but where it is used. */
const canary = () => [randomBytes(18).toString('hex'), randomBytes(18).toString('hex')]
const whole = ([first, second]) => Buffer.from(`${first}${second}`).toString()

/** Which of the canaries' wholes are in a text of the heap. */
async function inHeap(canaries) {
  for (let i = 0; i < 4; i += 1) {
    collect()
    await sleep(10)
  }
  writeHeapSnapshot(folder)
  const { strings } = JSON.parse(readFileSync(folder, 'utf8'))
  const found = (canary) => strings.some((text) => text.includes(canary[0] + canary[1]))
  return Object.keys(canaries).filter((name) => found(canaries[name]))
}

test('the snapshot shows what lives', async () => {
  const secret = canary()
  const kept = { secret: whole(secret) }
  assert.deepEqual(await inHeap({ secret }), ['secret'])
  assert.equal(kept.secret.length, 72)
})

test('after destroy() a signer keeps nothing of the options that it was made of', async () => {
  const secret = canary()
  const token = canary()
  const make = () => {
    const signer = createSigner({
      accessKeyId: 'AKID',
      secretAccessKey: whole(secret),
      sessionToken: whole(token),
      ...scope,
    })
    signer.sign({ url: 'https://a.b/' })
    signer.destroy()
    return signer
  }
  const signer = make()
  assert.deepEqual(await inHeap({ secret, token }), [])
  assert.throws(() => signer.sign({ url: 'https://a.b/' }), /was destroyed/)
})

test('a signer keeps no secret outside the module while it is used either', async () => {
  const secret = canary()
  const signer = (() => createSigner({ accessKeyId: 'AKID', secretAccessKey: whole(secret), ...scope }))()
  assert.deepEqual(await inHeap({ secret }), [])
  assert.equal(signer.sign({ url: 'https://a.b/' }).method, 'GET')
})

test('gatesign/smithy keeps no secret of an identity that was replaced', async () => {
  const canaries = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`secret ${at}`, canary()]))
  let at = 0
  const signer = new SignatureV4({
    ...scope,
    credentials: async () => ({
      accessKeyId: 'AKID',
      secretAccessKey: at < 8 ? whole(canaries[`secret ${at}`]) : 'other',
      sessionToken: 'token',
    }),
  })
  const request = { method: 'GET', protocol: 'https:', hostname: 'a.b', path: '/', headers: {}, query: {} }
  for (; at < 9; at += 1) await signer.sign(request)
  assert.deepEqual(await inHeap(canaries), [])
  const [again, other] = [await signer.sign(request), await signer.sign(request)]
  assert.equal(again.headers['x-amz-date'].length, other.headers['x-amz-date'].length)
})

test('a result that is kept keeps neither the token nor the signature of its request', async () => {
  const token = canary()
  const secret = canary()
  /** The halves of the signature that was sent. */
  const sent = []
  const call = async () => {
    const client = newClient({
      invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
      accessKey: 'AKID',
      secretKey: whole(secret),
      sessionToken: whole(token),
      fetch: async (_, { headers }) => {
        const { authorization } = headers
        // Its halves, each a text of its own.
        for (const at of [0, 32])
          sent.push(Buffer.from(authorization.slice(-64)).toString('latin1', at, at + 32))
        return new Response('{}', { headers: { 'content-type': 'application/json' } })
      },
    })
    const additionalParams = { headers: { 'x-long-header-of-the-call': 'with a value that is a part' } }
    const result = await client.invokeApi({}, '/movies/of/a/long/path', 'GET', additionalParams)
    client.destroy()
    return result
  }
  const result = await call()
  // Another call, so that the last texts of the runtime's own are not those of the first.
  await newClient({ invokeUrl: 'https://a.b', fetch: async () => new Response('{}') }).invokeApi(
    {},
    '/',
    'GET',
  )
  assert.deepEqual(await inHeap({ token, secret, signature: [sent[0], sent[1]] }), [])
  assert.equal(
    result.config.url,
    'https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies/of/a/long/path',
  )
})
