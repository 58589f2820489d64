// gatesign's client, and fetch with gatesign's signer. Both run in Node.

import type { Plain } from './plain'

const FILE = "import { readFile } from 'node:fs/promises'\n"

export function client(plain: Plain): string {
  const { call, method, headers, body } = plain
  const config = [
    `invokeUrl: ${quoted(call.invokeUrl)},`,
    ...(call.signing === 'header'
      ? [...keys('accessKey', 'secretKey'), `region: ${quoted(call.region)},`]
      : []),
    ...(call.signing === 'header' && call.service !== 'execute-api'
      ? [`service: ${quoted(call.service)},`]
      : []),
    ...(call.withApiKey ? ['apiKey: process.env.API_KEY,'] : []),
    ...(call.retries > 0 ? [`retries: ${call.retries},`] : []),
    ...(call.retries > 0 && call.backoff === 'exponential' ? ["retryDelay: 'exponential',"] : []),
  ]
  if (call.signing === 'query') return fetched(plain)
  const params = [
    ...(headers.length > 0 ? [`headers: ${literal(Object.fromEntries(headers))},`] : []),
    ...(call.query.length > 0 ? [`queryParams: ${pairs(call.query)},`] : []),
    ...(call.timeout > 0 ? [`timeout: ${call.timeout},`] : []),
  ]
  const args = [
    literal(call.pathParams),
    quoted(call.pathTemplate),
    quoted(method),
    params.length > 0 ? `{\n${indented(params)}\n}` : '{}',
    ...(body === undefined ? [] : [bodyText(body)]),
  ]
  return `${body === null ? FILE : ''}import { newClient } from 'gatesign'

const api = newClient({
${indented(config)}
})

const { status, data } = await api.invokeApi(${args.join(', ')})
console.log(status, data)
`
}

export function fetched({ call, method, url, headers, body }: Plain): string {
  const all = [
    ...headers.map(([name, value]) => `${quoted(name)}: ${quoted(value)},`),
    ...(call.withApiKey ? ["'x-api-key': process.env.API_KEY,"] : []),
  ]
  const request = [
    `method: ${quoted(method)},`,
    `headers: ${all.length > 0 ? `{\n${indented(all)}\n}` : '{}'},`,
    ...(body === undefined ? [] : [`body: ${bodyText(body)},`]),
  ]
  const end = 'console.log(response.status, await response.text())\n'
  const file = body === null ? FILE : ''
  if (call.signing === 'none') {
    return `${file}const response = await fetch(${quoted(url)}, {\n${indented(request)}\n})\n${end}`
  }
  const signer = `const signer = createSigner({
${indented([...keys('accessKeyId', 'secretAccessKey'), `region: ${quoted(call.region)},`, `service: ${quoted(call.service)},`])}
})
`
  const imports = `${file}${body !== undefined && call.signing === 'query' ? "import { createHash } from 'node:crypto'\n" : ''}import { createSigner } from 'gatesign'\n\n`
  if (call.signing === 'query') {
    const hash =
      body === undefined ? '' : "  bodyHash: createHash('sha256').update(request.body).digest('hex'),\n"
    return `${imports}${signer}
const request = {
${indented(request)}
}
const url = signer.presign({
  method: request.method,
  url: ${quoted(url)},
  expiresIn: ${call.expiresIn},
${hash}})
const response = await fetch(url, request)
${end}`
  }
  return `${imports}${signer}
const { url, ...request } = signer.sign({
${indented([`url: ${quoted(url)},`, ...request])}
})
const response = await fetch(url, request)
${end}`
}

const keys = (id: string, secret: string) => [
  `${id}: process.env.AWS_ACCESS_KEY_ID,`,
  `${secret}: process.env.AWS_SECRET_ACCESS_KEY,`,
  'sessionToken: process.env.AWS_SESSION_TOKEN,',
]

/** JSON that would be written in the same way stays readable. */
function bodyText(body: string | null): string {
  return body === null ? "await readFile('body.bin')" : quoted(body)
}

function pairs(list: [string, string][]): string {
  const names = list.map(([name]) => name)
  return new Set(names).size === names.length
    ? literal(Object.fromEntries(list))
    : `[${list.map(([name, value]) => `[${quoted(name)}, ${quoted(value)}]`).join(', ')}]`
}

function literal(value: Record<string, string | string[]>): string {
  const fields = Object.entries(value).map(([name, item]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
    return `${key}: ${Array.isArray(item) ? `[${item.map(quoted).join(', ')}]` : quoted(item)}`
  })
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
}

/** A JavaScript string. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

const indented = (lines: string[]) => lines.map((line) => line.replace(/^/gm, '  ')).join('\n')
