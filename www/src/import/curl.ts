// curl and awscurl commands, `--aws-sigv4` among them.

import { emptyRequest, type RequestDoc, row } from '../model/request'
import { type Imported, ImportProblem, nothing } from './imported'
import { words } from './shell'

/** Options with a value, by their long names; short ones stand for them. */
const VALUED = new Set(
  'request header data data-raw data-binary data-ascii data-urlencode json form form-string user url aws-sigv4 max-time retry retry-delay retry-max-time max-redirs upload-file cookie cookie-jar user-agent referer output write-out connect-timeout connect-to interface unix-socket proxy proxy-user cacert capath cert key pass resolve service region access_key secret_key session_token profile'.split(
    ' ',
  ),
)

const SHORT: Record<string, string> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  m: 'max-time',
  T: 'upload-file',
  b: 'cookie',
  c: 'cookie-jar',
  A: 'user-agent',
  e: 'referer',
  o: 'output',
  w: 'write-out',
  x: 'proxy',
  U: 'proxy-user',
  E: 'cert',
  k: 'insecure',
  G: 'get',
  I: 'head',
}

const CONNECTION = 'a page has no say in how the browser connects'
const OF_BROWSER = 'a page cannot set it'

/** Options that change the request and that a page cannot keep, with the reason. */
const LEFT_OUT: Record<string, string> = {
  cookie: 'a page cannot send cookies to another site',
  'cookie-jar': 'a page cannot send cookies to another site',
  'user-agent': OF_BROWSER,
  referer: OF_BROWSER,
  profile: 'a page cannot read the files of the AWS CLI',
  ...Object.fromEntries(
    'proxy proxy-user cacert capath cert key pass insecure resolve connect-to connect-timeout interface unix-socket'
      .split(' ')
      .map((name) => [name, CONNECTION]),
  ),
}

interface Option {
  name: string
  value: string
}

/** A shell variable is no value. */
const isVariable = (value: string) => /^\$\{?\w+\}?$/.test(value)
const literal = (value: string) => (isVariable(value) ? '' : value)

export function readCurl(command: string): Imported {
  const [program = '', ...rest] = words(command)
  const { options, urls } = split(rest)
  const url = urls[0] ?? ''
  if (url === '') throw new ImportProblem('The command has no URL.')
  const found = nothing()
  const doc = emptyRequest()
  doc.auth.kind = 'none'
  doc.url = withoutQuery(/^\w+:\/\//.test(url) ? url : `http://${url}`, doc)
  const data: string[] = []
  let asQuery = false
  let method = ''
  const isAwscurl = program.toLowerCase() === 'awscurl'
  if (isAwscurl) doc.auth = { ...doc.auth, kind: 'iam', service: 'execute-api', region: 'us-east-1' }
  for (const { name, value } of options) {
    switch (name) {
      case 'request':
        method = value.toUpperCase()
        break
      case 'header':
        readHeader(value, doc, found)
        break
      case 'json':
        data.push(value)
        doc.body.kind = 'json'
        break
      case 'data':
      case 'data-raw':
      case 'data-ascii':
      case 'data-binary':
        if (name !== 'data-raw' && value.startsWith('@'))
          found.notes.push(`Choose the file ${value.slice(1)} under Body: a page cannot open it.`)
        else data.push(value)
        break
      case 'data-urlencode':
        data.push(
          value.replace(
            /^([^=]*)=?(.*)$/s,
            (_, name, text) =>
              (name && value.includes('=') ? `${name}=` : '') +
              encodeURIComponent(value.includes('=') ? text : name),
          ),
        )
        break
      case 'form':
      case 'form-string': {
        const at = value.indexOf('=')
        doc.body.kind = 'form'
        doc.body.encoding = 'multipart'
        if (name === 'form' && /^[@<]/.test(value.slice(at + 1)))
          found.notes.push(`The file of the field ${value.slice(0, at)} was left out.`)
        else doc.body.form.push(row(value.slice(0, at), value.slice(at + 1)))
        break
      }
      case 'upload-file':
        method ||= 'PUT'
        doc.body.kind = 'file'
        doc.body.fileName = value
        found.notes.push(`Choose the file ${value} under Body: a page cannot open it.`)
        break
      case 'user':
        readUser(value, options, doc, found)
        break
      case 'aws-sigv4': {
        const [, , region = '', service = ''] = value.split(':')
        doc.auth = { ...doc.auth, kind: 'iam', region: literal(region), service: literal(service) }
        break
      }
      case 'region':
        doc.auth.region = literal(value)
        break
      case 'service':
        doc.auth.service = literal(value)
        break
      case 'access_key':
        if (literal(value)) found.credentials.accessKeyId = value
        break
      case 'secret_key':
        if (literal(value)) found.credentials.secretAccessKey = value
        break
      case 'session_token':
        if (literal(value)) found.credentials.sessionToken = value
        break
      case 'get':
        asQuery = true
        break
      case 'head':
        method ||= 'HEAD'
        break
      case 'max-time':
        doc.options.timeout = Number(value) * 1000 || doc.options.timeout
        break
      case 'retry':
        doc.options.retries = Number(value) || 0
        break
      default:
        if (Object.hasOwn(LEFT_OUT, name)) found.notes.push(`--${name} was left out: ${LEFT_OUT[name]}.`)
    }
  }
  if (data.length > 0 && asQuery) {
    for (const [name, value] of new URLSearchParams(data.join('&'))) doc.query.push(row(name, value))
  } else if (data.length > 0) readData(data, doc)
  doc.method = method || (doc.body.kind !== 'none' ? 'POST' : 'GET')
  return { ...found, request: doc }
}

function split(args: string[]): { options: Option[]; urls: string[] } {
  const options: Option[] = []
  const urls: string[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? ''
    if (word.startsWith('--')) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s)
      const value = VALUED.has(name) ? (given ?? args[++i] ?? '') : ''
      if (name === 'url') urls.push(value)
      else options.push({ name, value })
    } else if (word.startsWith('-') && word.length > 1) {
      // Letters may stand together, and the last one's value may follow at once: -sXPOST.
      for (let at = 1; at < word.length; at++) {
        const name = SHORT[word[at] ?? ''] ?? ''
        if (!VALUED.has(name)) {
          options.push({ name, value: '' })
          continue
        }
        options.push({ name, value: word.slice(at + 1) || (args[++i] ?? '') })
        break
      }
    } else urls.push(word)
  }
  return { options, urls }
}

function withoutQuery(url: string, doc: RequestDoc): string {
  const at = url.indexOf('?')
  if (at === -1) return url
  for (const part of url
    .slice(at + 1)
    .replace(/#.*$/s, '')
    .split('&')) {
    if (part === '') continue
    const [name = '', value = ''] = part.split(/=(.*)/s)
    doc.query.push(row(decoded(name), decoded(value)))
  }
  return url.slice(0, at)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function readHeader(header: string, doc: RequestDoc, found: Imported) {
  const [name = '', value = ''] = header.split(/:\s*(.*)/s)
  const lower = name.toLowerCase()
  if (lower === 'x-amz-security-token') {
    if (literal(value)) found.credentials.sessionToken = value
  } else if (lower === 'x-api-key') {
    if (literal(value)) found.credentials.apiKey = value
    doc.auth.withApiKey = true
    if (doc.auth.kind === 'none') doc.auth.kind = 'key'
  } else if (lower === 'content-type') {
    doc.body.contentType = value
    doc.headers.push(row(name, value))
  } else if (
    lower !== 'host' &&
    lower !== 'x-amz-date' &&
    !(lower === 'authorization' && value.startsWith('AWS4-'))
  ) {
    doc.headers.push(row(name, value))
  }
}

function readUser(value: string, options: Option[], doc: RequestDoc, found: Imported) {
  const [name = '', secret = ''] = value.split(/:(.*)/s)
  if (!options.some((option) => option.name === 'aws-sigv4')) {
    doc.headers.push(row('authorization', `Basic ${btoa(value)}`))
    return
  }
  if (literal(name)) found.credentials.accessKeyId = name
  if (literal(secret)) found.credentials.secretAccessKey = secret
}

function readData(data: string[], doc: RequestDoc) {
  const text = data.join('&')
  const type = doc.body.contentType.toLowerCase()
  const without = () => doc.headers.filter(({ name }) => name.toLowerCase() !== 'content-type')
  if (doc.body.kind === 'json' || /^application\/json\s*$/.test(type)) {
    doc.body = { ...doc.body, kind: 'json', text, contentType: '' }
    doc.headers = without()
  } else if (type === '' || type.startsWith('application/x-www-form-urlencoded')) {
    const form = [...new URLSearchParams(text)].map(([name, value]) => row(name, value))
    // What a form would not write in the same way stays a text.
    const same = new URLSearchParams(form.map(({ name, value }) => [name, value])).toString() === text
    doc.body = same
      ? { ...doc.body, kind: 'form', form, contentType: '' }
      : { ...doc.body, kind: 'text', text, contentType: 'application/x-www-form-urlencoded' }
    doc.headers = without()
  } else {
    doc.body = { ...doc.body, kind: 'text', text }
    doc.headers = without()
  }
}
