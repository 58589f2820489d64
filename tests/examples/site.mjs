// What the owner of the example pages would serve: the page, its config.json, and a login that gives
// temporary credentials.

import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REGION } from '../lib/gateway.mjs'

const PACKAGE = fileURLToPath(new URL('../../pkg', import.meta.url))
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** An identity pool, whose guests get what a login gives. */
async function pool({ headers }, login) {
  const IdentityId = `${REGION}:a-guest`
  if (headers['x-amz-target'] === 'AWSCognitoIdentityService.GetId') return { IdentityId }
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await login()
  const Credentials = {
    AccessKeyId: accessKeyId,
    SecretKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: Date.parse(expiration) / 1000,
  }
  return { IdentityId, Credentials }
}

/**
 * @param {string} folder of the page
 * @param {Awaited<ReturnType<typeof import('../lib/gateway.mjs').startGateway>>} gateway
 * @param {number} lifetime of the credentials, in ms
 * @returns {Promise<{ url: string, given: string[], stop: () => void }>} `given` are the access key ids so far
 */
export async function serve(folder, gateway, lifetime = 3_600_000) {
  const given = []
  async function login() {
    const accessKeyId = `ASIAEXAMPLES${given.length}`
    const identity = { accessKeyId, secretAccessKey: 'an/example+secret', sessionToken: 'an/example+token==' }
    const { expiresAtMs } = await gateway.identity({ ...identity, expiresInMs: lifetime })
    given.push(accessKeyId)
    return { ...identity, expiration: new Date(expiresAtMs).toISOString() }
  }
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://site').pathname
    if (path === '/config.json') {
      const identityPoolId = `${REGION}:11111111-2222-3333-4444-555555555555`
      const cognito = `http://${request.headers.host}/cognito`
      const config = { invokeUrl: `${gateway.url}/stage`, region: REGION, identityPoolId, cognito }
      return response.end(JSON.stringify(config))
    }
    if (path === '/cognito') return response.end(JSON.stringify(await pool(request, login)))
    if (path === '/credentials') return response.end(JSON.stringify(await login()))
    const name = path.endsWith('/') ? `${path}index.html` : path
    const file = name.startsWith('/gatesign/')
      ? join(PACKAGE, name.slice('/gatesign'.length))
      : join(folder, name)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    return createReadStream(file).pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    given,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
