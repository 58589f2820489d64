// What AWS's providers of credentials ask, on loopback: STS, Cognito and a container's endpoint. It hands
// out one identity and keeps what it was asked.

import { createServer } from 'node:http'

/**
 * @param {{ accessKeyId: string, secretAccessKey: string, sessionToken: string, expiration: Date }} identity
 */
export async function startIdentityStub(identity) {
  const asked = []
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const [action, type, text] = answer(identity, request, body)
      asked.push({ action, body, authorization: request.headers.authorization })
      response.writeHead(action ? 200 : 400, { 'content-type': type }).end(text)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function answer(identity, request, body) {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = identity
  const json = 'application/x-amz-json-1.1'
  const target = request.headers['x-amz-target']?.split('.')[1]
  if (target === 'GetId') return [target, json, JSON.stringify({ IdentityId: 'us-east-1:example' })]
  if (target === 'GetCredentialsForIdentity') {
    const Credentials = {
      AccessKeyId: accessKeyId,
      SecretKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.getTime() / 1000,
    }
    return [target, json, JSON.stringify({ IdentityId: 'us-east-1:example', Credentials })]
  }
  const action = new URLSearchParams(body).get('Action')
  if (action === 'AssumeRole' || action === 'AssumeRoleWithWebIdentity') {
    const credentials = `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>`
    const xmlns = 'https://sts.amazonaws.com/doc/2011-06-15/'
    return [
      action,
      'text/xml',
      `<${action}Response xmlns="${xmlns}"><${action}Result>${credentials}</${action}Result></${action}Response>`,
    ]
  }
  if (request.url === '/container') {
    const found = {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: expiration,
    }
    return ['container', 'application/json', JSON.stringify(found)]
  }
  return ['', 'text/plain', `not known here: ${request.method} ${request.url} ${target ?? action}`]
}
