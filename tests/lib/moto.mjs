// moto: AWS services on loopback. Its checks on signatures and permissions are botocore's own signer, run
// over the request that arrived; they are switched on here once a user and its key are made.

import { createSigner } from 'gatesign'
import { startServer } from './server-process.mjs'

const REGION = 'us-east-1'
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['dynamodb:*', 'sts:*'], Resource: '*' }],
}

/**
 * Starts moto with checks on: from then on only the user's key, and what STS makes of it, is accepted.
 *
 * @param {{ checks?: boolean }} [options] unsigned requests fail while there are checks
 * @returns {Promise<{ url: string, region: string, credentials: { accessKeyId: string, secretAccessKey: string }, roleArn: string, stop: () => Promise<void> }>}
 */
export async function startMoto({ checks = true } = {}) {
  const python = process.env.PYTHON
  if (!python)
    throw new Error('PYTHON must name the python with moto (node tests/lib/setup-sdk.mjs makes it)')
  const server = await startServer('moto', python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    address: /Running on (http:\S+)/,
    from: 'stderr',
  })
  try {
    await iam(server.url, 'CreateUser', { UserName: 'gatesign' })
    await iam(server.url, 'PutUserPolicy', {
      UserName: 'gatesign',
      PolicyName: 'tests',
      PolicyDocument: JSON.stringify(POLICY),
    })
    const role = await iam(server.url, 'CreateRole', {
      RoleName: 'tests',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
      }),
    })
    await iam(server.url, 'PutRolePolicy', {
      RoleName: 'tests',
      PolicyName: 'tests',
      PolicyDocument: JSON.stringify(POLICY),
    })
    const key = await iam(server.url, 'CreateAccessKey', { UserName: 'gatesign' })
    if (checks) await checkFrom(server.url, 0)
    return {
      ...server,
      region: REGION,
      credentials: {
        accessKeyId: element(key, 'AccessKeyId'),
        secretAccessKey: element(key, 'SecretAccessKey'),
      },
      roleArn: element(role, 'Arn'),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** One call of IAM; its service name is read from the signature's scope, so there has to be one. */
async function iam(url, action, parameters) {
  const signer = createSigner({
    accessKeyId: 'setup',
    secretAccessKey: 'setup',
    region: REGION,
    service: 'iam',
  })
  const { headers, body } = signer.sign({
    method: 'POST',
    url: `${url}/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString(),
  })
  const response = await fetch(`${url}/`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`moto refused ${action}: ${response.status} ${text}`)
  return text
}

/** Checks begin after that many calls. */
async function checkFrom(url, count) {
  const response = await fetch(`${url}/moto-api/reset-auth`, { method: 'POST', body: String(count) })
  if (!response.ok) throw new Error(`moto did not switch its checks on: ${response.status}`)
}

const element = (xml, name) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)[1]
