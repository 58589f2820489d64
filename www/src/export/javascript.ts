// gatesign's client, and fetch with gatesign's signer. Both run in Node.

import { percentEncoded } from '../model/percent'
import { asProperty, inJavaScript as quoted } from '../model/quote'
import { type Named, type Plain, signsForRegions } from './plain'

const FILE = "import { readFile } from 'node:fs/promises'\n"

const regionOf = (call: Plain['call']) =>
  signsForRegions(call) ? `regionSet: ${quoted(call.regionSet)},` : `region: ${quoted(call.region)},`

export function client(plain: Plain): string {
  const { call, method, headers, secretHeaders, secretQuery, body } = plain
  const forRegions = signsForRegions(call)
  const isPlainKey = ({ name }: Named) => name.toLowerCase() === 'x-api-key'
  const config = [
    `invokeUrl: ${quoted(call.invokeUrl)},`,
    ...(call.signing === 'header'
      ? [
          ...keys('accessKey', 'secretKey'),
          ...(forRegions ? ['signature: v4a,', regionOf(call)] : [regionOf(call)]),
        ]
      : []),
    ...(call.signing === 'header' && call.service !== 'execute-api'
      ? [`service: ${quoted(call.service)},`]
      : []),
    ...(secretHeaders.some(isPlainKey) ? ['apiKey: process.env.API_KEY,'] : []),
    ...(call.retries > 0 ? [`retries: ${call.retries},`] : []),
    ...(call.retries > 0 && call.backoff === 'exponential' ? ["retryDelay: 'exponential',"] : []),
  ]
  if (call.signing === 'query') return fetched(plain)
  const allHeaders = [
    ...headers.map(plainPair),
    ...secretHeaders.filter((item) => !isPlainKey(item)).map(namedPair),
  ]
  const allQuery = [...call.query.map(plainPair), ...secretQuery.map(namedPair)]
  const params = [
    ...(allHeaders.length > 0 ? [`headers: ${object(allHeaders)},`] : []),
    ...(allQuery.length > 0 ? [`queryParams: ${pairs(allQuery)},`] : []),
    ...(call.timeout > 0 ? [`timeout: ${call.timeout},`] : []),
  ]
  const args = [
    object(
      Object.entries(call.pathParams).map(([name, value]) => [
        name,
        Array.isArray(value) ? `[${value.map(quoted).join(', ')}]` : quoted(value),
      ]),
    ),
    quoted(call.pathTemplate),
    quoted(method),
    params.length > 0 ? `{\n${indented(params)}\n}` : '{}',
    ...(body === undefined ? [] : [bodyText(body)]),
  ]
  return `${body === null ? FILE : ''}import { newClient } from 'gatesign'
${forRegions ? "import { v4a } from 'gatesign/v4a'\n" : ''}
const api = newClient({
${indented(config)}
})

const { status, data } = await api.invokeApi(${args.join(', ')})
console.log(status, data)
`
}

export function fetched({ call, method, url, headers, secretHeaders, secretQuery, body }: Plain): string {
  const target = urlExpression(url, secretQuery)
  const all = [...headers.map(plainPair), ...secretHeaders.map(namedPair)].map(
    ([name, value]) => `${quoted(name)}: ${value},`,
  )
  const request = [
    `method: ${quoted(method)},`,
    `headers: ${all.length > 0 ? `{\n${indented(all)}\n}` : '{}'},`,
    ...(body === undefined ? [] : [`body: ${bodyText(body)},`]),
  ]
  const end = 'console.log(response.status, await response.text())\n'
  const file = body === null ? FILE : ''
  if (call.signing === 'none') {
    return `${file}const response = await fetch(${target}, {\n${indented(request)}\n})\n${end}`
  }
  const signer = `const signer = createSigner({
${indented([...keys('accessKeyId', 'secretAccessKey'), regionOf(call), `service: ${quoted(call.service)},`])}
})
`
  const imports = `${file}${body !== undefined && call.signing === 'query' ? "import { createHash } from 'node:crypto'\n" : ''}import { createSigner } from 'gatesign${signsForRegions(call) ? '/v4a' : ''}'\n\n`
  if (call.signing === 'query') {
    const hash =
      body === undefined ? '' : "  bodyHash: createHash('sha256').update(request.body).digest('hex'),\n"
    return `${imports}${signer}
const request = {
${indented(request)}
}
const url = signer.presign({
  method: request.method,
  url: ${target},
  expiresIn: ${call.expiresIn},
${hash}})
const response = await fetch(url, request)
${end}`
  }
  return `${imports}${signer}
const { url, ...request } = signer.sign({
${indented([`url: ${target},`, ...request])}
})
const response = await fetch(url, request)
${end}`
}

const keys = (id: string, secret: string) => [
  `${id}: process.env.AWS_ACCESS_KEY_ID,`,
  `${secret}: process.env.AWS_SECRET_ACCESS_KEY,`,
  'sessionToken: process.env.AWS_SESSION_TOKEN,',
]

/** JSON that `JSON.stringify` would reproduce is written as an object, which is readable. */
function bodyText(body: string | null): string {
  return body === null ? "await readFile('body.bin')" : quoted(body)
}

/** A name, and the expression of its value. */
type Pair = [name: string, expression: string]

const plainPair = ([name, value]: [string, string]): Pair => [name, quoted(value)]
const namedPair = (named: Named): Pair => [named.name, expressionOf(named)]

function expressionOf({ env, form }: Named): string {
  if (form === 'bearer') return `\`Bearer \${process.env.${env}}\``
  if (form === 'basic') return `\`Basic \${btoa(process.env.${env})}\``
  return `process.env.${env}`
}

function pairs(list: Pair[]): string {
  const names = list.map(([name]) => name)
  return new Set(names).size === names.length
    ? object(list)
    : `[${list.map(([name, value]) => `[${quoted(name)}, ${value}]`).join(', ')}]`
}

function object(list: Pair[]): string {
  const fields = list.map(([name, value]) => `${asProperty(name)}: ${value}`)
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
}

/** The URL, with a secret in its query. */
function urlExpression(url: string, secretQuery: Named[]): string {
  let out = quoted(url)
  let separator = new URL(url).search === '' ? '?' : '&'
  for (const named of secretQuery) {
    out += ` + ${quoted(`${separator}${percentEncoded(named.name)}=`)} + encodeURIComponent(${expressionOf(named)})`
    separator = '&'
  }
  return out
}

const indented = (lines: string[]) => lines.map((line) => line.replace(/^/gm, '  ')).join('\n')
