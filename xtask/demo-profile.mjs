// A sample profile for the demo, with a local server in place of AWS STS: it returns temporary credentials of the local
// gateway to everyone, which are of no use anywhere else.

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const ACCOUNT = '123456789012'
const LIFETIME = 15 * 60 * 1000
const CONFIG = `[profile demo]
role_arn = arn:aws:iam::${ACCOUNT}:role/demo
source_profile = keys
region = us-east-1
`
const CREDENTIALS = '[keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n'

/**
 * Makes this process find the sample profile, and none of the user's own.
 *
 * @param {string} folder for the two files
 * @param {string} gateway
 * @returns {Promise<string>} the profile's name
 */
export async function startProfile(folder, gateway) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'config'), CONFIG)
  writeFileSync(join(folder, 'credentials'), CREDENTIALS)
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ENDPOINT_URL_STS: await startSts(gateway),
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  return 'demo'
}

async function startSts(gateway) {
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const action = new URLSearchParams(Buffer.concat(chunks).toString()).get('Action')
    const answer = await answerTo(action, gateway).catch(() => '')
    response.writeHead(answer === '' ? 500 : 200, { 'content-type': 'text/xml' }).end(answer)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

async function answerTo(action, gateway) {
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/demo/you`
  if (action === 'GetCallerIdentity') {
    return `<Answer><Arn>${arn}</Arn><UserId>AROAEXAMPLE:you</UserId><Account>${ACCOUNT}</Account></Answer>`
  }
  const identity = await newIdentity(gateway, LIFETIME)
  const expiration = new Date(Date.now() + LIFETIME).toISOString()
  return `<Answer><Arn>${arn}</Arn><Credentials><AccessKeyId>${identity.accessKeyId}</AccessKeyId><SecretAccessKey>${identity.secretAccessKey}</SecretAccessKey><SessionToken>${identity.sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials></Answer>`
}

/** Temporary credentials that the gateway accepts for this many ms from now on. */
export async function newIdentity(gateway, expiresInMs) {
  const identity = {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(60).toString('base64'),
  }
  const known = await fetch(`${gateway}/__gateway/identities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...identity, expiresInMs }),
  })
  if (!known.ok) throw new Error(`the gateway answered ${known.status}`)
  return identity
}
