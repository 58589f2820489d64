import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { curl } from '../../src/export/curl'
import { client, fetched } from '../../src/export/javascript'
import { type Plain, plainOf } from '../../src/export/plain'
import { python } from '../../src/export/python'
import { readText } from '../../src/import/read'
import { emptyRequest, type RequestDoc, row } from '../../src/model/request'
import { callOf } from '../../src/sign/call'
import { ready } from '../../src/sign/gatesign'

beforeAll(() => ready)

const SECRET = 'a-secret-that-must-not-show'

function request(change: Partial<RequestDoc>): RequestDoc {
  return {
    ...emptyRequest(),
    url: 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/movie/{year}',
    variables: { year: '2013' },
    ...change,
  }
}

const plain = (doc: RequestDoc): Promise<Plain> => plainOf(callOf(doc, new Map()), [SECRET])

const POST = request({
  method: 'POST',
  query: [row('q', "it's & <more>")],
  headers: [row('x-note', 'a "quoted" one')],
  body: { ...emptyRequest().body, kind: 'json', text: `{"a":"it's \\n ${SECRET}"}` },
})

describe.each([
  ['curl', curl],
  ['gatesign', client],
  ['fetch', fetched],
  ['python', python],
])('%s', (_, write) => {
  it('names credentials, and shows none', async () => {
    const text = write(await plain(POST))
    expect(text).not.toContain(SECRET)
    expect(text).toContain('YOUR_SECRET')
    expect(text).not.toMatch(/X-Amz-Signature|AWS4-HMAC-SHA256 Credential/)
  })

  it('carries region and service', async () => {
    expect(write(await plain(request({})))).toContain('eu-west-1')
  })
})

it('writes curl as it is documented', async () => {
  expect(curl(await plain(request({ options: { ...emptyRequest().options, timeout: 0 } })))).toBe(
    [
      "curl --aws-sigv4 'aws:amz:eu-west-1:execute-api' \\",
      '  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\',
      '  ${AWS_SESSION_TOKEN:+"-Hx-amz-security-token: $AWS_SESSION_TOKEN"} \\',
      "  'https://abc.execute-api.eu-west-1.amazonaws.com/prod/movie/2013'\n",
    ].join('\n'),
  )
})

it('reads what it wrote for curl', async () => {
  const { url } = await plain(POST)
  const { request } = await readText(curl(await plain(POST)))
  expect(request?.method).toBe('POST')
  expect(request?.query).toEqual([row('q', "it's & <more>")])
  expect(request?.body.text).toBe(`{"a":"it's \\n YOUR_SECRET"}`)
  expect(url.startsWith(request?.url ?? '-')).toBe(true)
})

it('signs in the query where the request does', async () => {
  const inQuery = request({ auth: { ...emptyRequest().auth, place: 'query' } })
  expect(fetched(await plain(inQuery))).toContain('signer.presign(')
  expect(python(await plain(inQuery))).toContain('SigV4QueryAuth')
  expect(curl(await plain(inQuery))).toContain('# curl signs in the headers.')
})

it('is made for the package that is published', async () => {
  const { exports } = JSON.parse(await readFile('../pkg/package.json', 'utf8'))
  expect(Object.keys(exports)).toContain('./slim')
})

describe('for several regions', () => {
  const auth = { ...emptyRequest().auth, regionSet: 'us-east-1,eu-west-1' }

  it.each([
    ['curl', curl, "npx gatesign call --region-set 'us-east-1,eu-west-1' \\\n  --service 'execute-api' \\\n"],
    ['gatesign', client, "signature: v4a,\n  regionSet: 'us-east-1,eu-west-1',"],
    ['fetch', fetched, "import { createSigner } from 'gatesign/v4a'"],
    ['python', python, "CrtSigV4AsymAuth(credentials, 'execute-api', 'us-east-1,eu-west-1')"],
  ])('%s signs with Version 4A', async (_, write, expected) => {
    const text = write(await plain(request({ auth })))
    expect(text).toContain(expected)
    expect(text).not.toContain('aws-sigv4')
  })

  it('a URL is presigned so', async () => {
    const text = client(await plain(request({ auth: { ...auth, place: 'query' } })))
    expect(text).toContain("import { createSigner } from 'gatesign/v4a'")
    expect(text).toContain("regionSet: 'us-east-1,eu-west-1',")
  })

  it('a pasted signature of Version 4A keeps its regions', async () => {
    const scope = 'AKIDEXAMPLE/20150830/s3/aws4_request'
    const lines = [
      `curl https://h.example/k -H 'x-amz-region-set: *' -H 'Authorization: AWS4-ECDSA-P256-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-region-set, Signature=00'`,
      `curl 'https://h.example/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Region-Set=%2A&X-Amz-Expires=60&X-Amz-Signature=00'`,
    ]
    for (const line of lines) {
      const doc = (await readText(line)).request
      expect(doc?.auth).toMatchObject({ kind: 'iam', regionSet: '*', region: '', service: 's3' })
      expect([...(doc?.headers ?? []), ...(doc?.query ?? [])]).toEqual([])
    }
  })
})
