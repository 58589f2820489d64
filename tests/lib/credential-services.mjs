// The services that give credentials, on loopback and as AWS describes them: STS, Cognito, AWS SSO, a container's
// endpoint and the metadata of an instance. A test may put an answer of its own before each of theirs.

import { createServer } from 'node:http'
import { Socket } from 'node:net'

export const GIVEN = {
  accessKeyId: 'ASIAGIVEN',
  secretAccessKey: 'given/secret+EXAMPLE',
  sessionToken: 'given/token+EXAMPLE==',
}
export const ROLE = 'arn:aws:iam::123456789012:role/example'

/** Addresses of ECS, EKS and EC2, which lead to the services while a test runs. */
const LINK_LOCAL = ['169.254.170.2', '169.254.170.23', 'fd00:ec2::23', '169.254.169.254', 'fd00:ec2::254']
const ROLES = '/latest/meta-data/iam/security-credentials/'

/**
 * @returns what was asked (`asked`), and where own answers go: `answers[ACTION]` is a list of `{ status, body,
 *   headers }`, used one after the other, or a function that returns one
 */
export async function startServices() {
  const state = {
    asked: [],
    answers: {},
    expiration: new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000),
  }
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    // Pages ask too.
    for (const name of ['origin', 'headers', 'methods'])
      response.setHeader(`access-control-allow-${name}`, '*')
    if (request.method === 'OPTIONS') return response.end()
    const asked = read(request, Buffer.concat(chunks).toString())
    state.asked.push(asked)
    const own = state.answers[asked.action]
    const given = typeof own === 'function' ? await own(asked) : own?.shift()
    const { status = 200, headers = {}, body } = given ?? answerTo(asked, state.expiration)
    response.writeHead(status, headers).end(typeof body === 'object' ? JSON.stringify(body) : body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  const restore = leadHere(port)
  return {
    state,
    url: `http://127.0.0.1:${port}`,
    reset() {
      state.asked.length = 0
      state.answers = {}
    },
    stop() {
      restore()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Sends connections to the link-local addresses here. */
function leadHere(port) {
  const { connect } = Socket.prototype
  Socket.prototype.connect = function (...args) {
    const [options] = Array.isArray(args[0]) ? args[0] : args
    if (LINK_LOCAL.includes(options?.host)) Object.assign(options, { host: '127.0.0.1', port })
    return connect.apply(this, args)
  }
  return () => {
    Socket.prototype.connect = connect
  }
}

/** What a request asks for: its action, its parameters, and what it shows to be allowed to. */
function read({ method, url, headers }, body) {
  const { pathname, searchParams } = new URL(url, 'http://none')
  const scope = /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers.authorization ?? '')?.[1]
  const common = { method, host: headers.host, scope }
  const target = headers['x-amz-target']?.split('.')[1]
  if (target) return { ...common, action: target, parameters: JSON.parse(body) }
  if (pathname === '/federation/credentials') {
    const parameters = { ...Object.fromEntries(searchParams), token: headers['x-amz-sso_bearer_token'] }
    return { ...common, action: 'GetRoleCredentials', parameters }
  }
  if (pathname === '/token') return { ...common, action: 'CreateToken', parameters: JSON.parse(body) }
  if (pathname === '/latest/api/token') {
    const seconds = headers['x-aws-ec2-metadata-token-ttl-seconds']
    return { ...common, action: 'imds-token', parameters: { seconds } }
  }
  if (pathname.startsWith(ROLES)) {
    const action = pathname === ROLES ? 'imds-role' : 'imds-credentials'
    return { ...common, action, parameters: { pathname, token: headers['x-aws-ec2-metadata-token'] } }
  }
  if (method === 'POST') {
    const { Action, ...parameters } = Object.fromEntries(new URLSearchParams(body))
    return { ...common, action: Action, parameters }
  }
  return { ...common, action: 'container', parameters: { url, token: headers.authorization } }
}

function answerTo({ action, method, parameters }, expiration) {
  const { accessKeyId, secretAccessKey, sessionToken } = GIVEN
  const json = (body) => ({ headers: { 'content-type': 'application/x-amz-json-1.1' }, body })
  const ofMetadata = {
    Code: 'Success',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration,
  }
  switch (action) {
    case 'GetId':
      return json({ IdentityId: 'us-east-1:an-identity' })
    case 'GetCredentialsForIdentity':
      return json({
        IdentityId: parameters.IdentityId,
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: expiration.getTime() / 1000,
        },
      })
    case 'GetRoleCredentials':
      return json({
        roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.getTime() },
      })
    case 'CreateToken':
      return json({ accessToken: 'a-renewed-token', expiresIn: 3600, refreshToken: 'the-next-one' })
    case 'AssumeRole':
    case 'AssumeRoleWithWebIdentity':
      return { headers: { 'content-type': 'text/xml' }, body: xml(action, parameters.RoleArn, expiration) }
    case 'imds-token':
      return method === 'PUT' ? { body: 'an-imds-token' } : { status: 405, body: '' }
    case 'imds-role':
      return { body: 'the-instance-role\n' }
    case 'imds-credentials':
    case 'container':
      return { headers: { 'content-type': 'application/json' }, body: ofMetadata }
    default:
      return { status: 404, body: `${action} is not known here` }
  }
}

function xml(action, role, expiration) {
  const { accessKeyId, secretAccessKey, sessionToken } = GIVEN
  const arn = `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <${action}Result>
    <AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAEXAMPLE:session</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration>
    </Credentials>
  </${action}Result>
  <ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata>
</${action}Response>`
}

/** A refusal of STS. */
export const refusedXml = (status, code, message = 'as it is') => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>none</RequestId></ErrorResponse>`,
})

/** A refusal of Cognito or AWS SSO. */
export const refusedJson = (status, code, message = 'as it is') => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
  body: { __type: code, message },
})
