import { describe, expect, it } from 'vitest'
import { readPasted } from '../../../src/diagnose/pasted.ts'
import { readText } from '../../src/import/read'
import type { RequestDoc } from '../../src/model/request'
import { settingsIn, withSettings } from '../../src/model/settings'

describe('curl', () => {
  it('reads --aws-sigv4, its user and its token', async () => {
    const { request, credentials } = await readText(
      `curl --aws-sigv4 "aws:amz:eu-west-1:execute-api" --user 'AKIDEXAMPLE:secret/key' -H 'x-amz-security-token: tok' \\\n  -XPOST -H 'Content-Type: application/json' --data-raw '{"a":"it'\\''s"}' 'https://x.example/prod/m?a=1&b=x%20y'`,
    )
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://x.example/prod/m',
      query: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x y' },
      ],
      body: { kind: 'json', text: `{"a":"it's"}` },
      auth: { kind: 'iam', region: 'eu-west-1', service: 'execute-api' },
    })
    expect(credentials).toEqual({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret/key',
      sessionToken: 'tok',
    })
    expect(JSON.stringify(request)).not.toContain('secret/key')
  })

  it('takes shell variables for no values', async () => {
    const { request, credentials } = await readText(
      'curl --aws-sigv4 aws:amz:us-east-1:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" https://x.example/',
    )
    expect(credentials).toEqual({})
    expect(request?.auth.kind).toBe('iam')
  })

  it('reads awscurl', async () => {
    const { request } = await readText('awscurl --service execute-api --region us-west-2 https://x.example/a')
    expect(request).toMatchObject({
      method: 'GET',
      auth: { kind: 'iam', region: 'us-west-2', service: 'execute-api' },
    })
  })

  it.each([
    ['-x http://proxy.example:3128', 'proxy'],
    ['--proxy http://proxy.example:3128', 'proxy'],
    ['-U user:word', 'proxy-user'],
    ['--cacert own.pem', 'cacert'],
    ['-E own.pem', 'cert'],
    ['-k', 'insecure'],
    ['--resolve x.example:443:127.0.0.1', 'resolve'],
    ['-b a=b', 'cookie'],
    ['-A mine/1.0', 'user-agent'],
  ])('says that %s was left out', async (option, name) => {
    const { request, notes } = await readText(`curl ${option} https://x.example/`)
    expect(request?.url).toBe('https://x.example/')
    expect(notes).toEqual([expect.stringContaining(`--${name} was left out: a page `)])
  })

  it('says nothing of options that do not change the request', async () => {
    expect((await readText('curl -sSvL -o out.json --compressed https://x.example/')).notes).toEqual([])
  })

  it.each(['curl', 'curl -s', '   '])('refuses %j', (text) => expect(readText(text)).rejects.toThrow())
})

const API = `
openapi: 3.0.1
info: { title: Movies }
servers: [{ url: "https://abc.execute-api.us-east-1.amazonaws.com/{basePath}", variables: { basePath: { default: prod } } }]
paths:
  /movie/{year}:
    get:
      parameters: [{ name: year, in: path, schema: { type: integer, example: 2013 } }, { name: q, in: query }]
      security: [{ sigv4: [] }, {}]
    options: { x-amazon-apigateway-integration: { type: mock } }
  /{proxy+}:
    x-amazon-apigateway-any-method: { security: [{ key: [] }] }
components:
  securitySchemes:
    sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    key: { type: apiKey, name: x-api-key, in: header }
`

it('reads OpenAPI 3 of API Gateway in YAML', async () => {
  const { collections } = await readText(API)
  expect(collections[0]?.name).toBe('Movies')
  expect(collections[0]?.requests.map(({ method, url, auth }) => [method, url, auth.kind])).toEqual([
    ['GET', 'https://abc.execute-api.us-east-1.amazonaws.com/prod/movie/{year}', 'iam'],
    ['GET', 'https://abc.execute-api.us-east-1.amazonaws.com/prod/{+proxy}', 'key'],
  ])
  expect(collections[0]?.requests[0]?.variables).toEqual({ year: '2013' })
})

it('reads a Postman collection with its AWS authorization', async () => {
  const { collections, credentials } = await readText(
    JSON.stringify({
      info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: {
        type: 'awsv4',
        awsv4: [
          { key: 'accessKey', value: 'AKIDEXAMPLE' },
          { key: 'secretKey', value: 'thesecret' },
          { key: 'region', value: 'eu-central-1' },
          { key: 'service', value: 'execute-api' },
        ],
      },
      item: [
        {
          name: 'F',
          item: [{ name: 'R', request: { method: 'GET', url: { raw: 'https://x.example/:id?a=1' } } }],
        },
      ],
    }),
  )
  expect(collections[0]?.requests[0]).toMatchObject({
    name: 'R',
    folder: 'F',
    url: 'https://x.example/{id}',
    auth: { kind: 'inherit', region: '', service: '' },
  })
  expect(collections[0]?.settings?.auth).toMatchObject({
    kind: 'iam',
    region: 'eu-central-1',
    service: 'execute-api',
  })
  expect(credentials).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'thesecret' })
  expect(JSON.stringify(collections)).not.toContain('thesecret')
})

it('keeps the authorization of Postman’s folders where it stands', async () => {
  const keys = (id: string, region?: string) => ({
    type: 'awsv4',
    awsv4: {
      accessKey: id,
      secretKey: `secret of ${id}`,
      service: 'execute-api',
      ...(region && { region }),
    },
  })
  const request = (name: string, more = {}) => ({
    name,
    request: { method: 'GET', url: { raw: 'https://x.example/a' }, ...more },
  })
  const { collections, identities } = await readText(
    JSON.stringify({
      info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: keys('AKIDOUTER', 'eu-west-1'),
      item: [
        request('top'),
        { name: 'F', auth: keys('AKIDINNER'), item: [request('in'), { name: 'G', item: [request('deep')] }] },
        {
          name: 'N',
          auth: { type: 'noauth' },
          item: [request('none'), request('own', { auth: keys('AKIDOWN') })],
        },
      ],
    }),
  )
  const [collection] = collections
  if (!collection) throw new Error('there is no collection')
  expect(collection.requests.map(({ auth }) => auth.kind)).toEqual([
    'inherit',
    'inherit',
    'inherit',
    'inherit',
    'iam',
  ])
  expect(collection.folders?.map(({ path, settings }) => [path, settings?.auth.kind])).toEqual([
    ['F', 'iam'],
    ['N', 'none'],
  ])
  const used = (at: number) => {
    const item = collection.requests[at]
    const { auth } = withSettings(item as RequestDoc, settingsIn(collection, item?.folder ?? ''))
    const of = identities.find(({ name }) => name === auth.identity)?.credentials.accessKeyId
    return [auth.kind, auth.region, auth.kind === 'none' ? undefined : of]
  }
  expect([0, 1, 2, 3, 4].map(used)).toEqual([
    ['iam', 'eu-west-1', 'AKIDOUTER'],
    ['iam', 'us-east-1', 'AKIDINNER'],
    ['iam', 'us-east-1', 'AKIDINNER'],
    ['none', 'eu-west-1', undefined],
    ['iam', 'us-east-1', 'AKIDOWN'],
  ])
})

it.each(['{', '{"a":1}', 'a: [', '{"swagger":"2.0"}'])('says what is wrong with %j', (text) =>
  expect(readText(text)).rejects.toThrow(/^This is/),
)

describe('a pasted refusal', () => {
  it('of curl -i', () => {
    expect(
      readPasted('HTTP/2 403 \r\nx-amzn-errortype: ForbiddenException\r\n\r\n{"message":"Forbidden"}\r\n'),
    ).toEqual({
      status: 403,
      headers: { 'x-amzn-errortype': 'ForbiddenException' },
      body: '{"message":"Forbidden"}',
    })
  })

  it('of a body alone', () => {
    expect(readPasted(' {"message":"Forbidden"} ')).toEqual({
      status: 0,
      headers: {},
      body: '{"message":"Forbidden"}',
    })
  })

  it('of an exception that names the status', () => {
    expect(readPasted('Error: Request failed with status code 429').status).toBe(429)
  })
})
