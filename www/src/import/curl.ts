// Imports curl and awscurl commands of every shell: the request sends what curl would send.
//
// https://curl.se/docs/manpage.html

import { isTemplate } from '../model/credentials'
import { endpointOf } from '../model/host'
import { row } from '../model/request'
import { commandsOf, outputOf, type Program, programOf } from './commands'
import { Content } from './curl-body'
import { AWSCURL_OPTIONS, CURL, type CurlOption, optionOf } from './curl-options'
import { type Draft, finish, gather, headerOf, newDraft, removeHeader } from './drafts'
import { globbed } from './glob'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { Unfinished } from './shells/command'
import { putQuery, putUrl } from './url'

const MOST = 200

export function readCurl(text: string): Imported {
  const found = nothing()
  const drafts: Draft[] = []
  for (const program of programsOf(text)) {
    for (const part of transfersOf(program, found)) {
      if (part.urls.length <= MOST) drafts.push(...draftsOf(part, program, found))
      if (part.urls.length > MOST || drafts.length > MOST)
        throw new ImportProblem(`These are more than ${MOST} requests: import fewer at a time.`)
    }
  }
  if (drafts.length === 0) throw new ImportProblem('The command has no URL.')
  for (const draft of drafts) finish(draft, found)
  return gather(found, 'curl', drafts)
}

interface Ran extends Program {
  /** Its standard input. */
  stdin: string | undefined
}

function programsOf(text: string): Ran[] {
  const ran = curlsOf(text)
  // `# curl …` has root's prompt, or is in a comment.
  const all = ran.length > 0 ? ran : curlsOf(text.replace(/^[ \t]*(?:#|\/\/|>)[ \t]?/gm, ''))
  if (all.length === 0) throw new ImportProblem('There is no curl command in this text.')
  return all
}

function curlsOf(text: string): Ran[] {
  try {
    const environment = new Map<string, string>()
    return commandsOf(text).flatMap((command, i, all) => {
      const program = programOf(command)
      for (const word of program.name === 'export' ? program.args : []) {
        const [name = '', value] = word.split(/=(.*)/s)
        if (value !== undefined) environment.set(name, value)
      }
      if (program.name === '') for (const [name, value] of program.environment) environment.set(name, value)
      if (!/^(?:aws)?curl$/.test(program.name)) return []
      const before = all[i - 1]
      const stdin = command.stdin ?? (command.piped && before ? outputOf(before) : undefined)
      return [{ ...program, environment: new Map([...environment, ...program.environment]), stdin }]
    })
  } catch (error) {
    if (error instanceof Unfinished) throw new ImportProblem(`The command is incomplete: ${error.message}.`)
    throw error
  }
}

interface Option {
  name: string
  value: string
}

/** The part between one `--next` and another. */
interface Transfer {
  options: Option[]
  urls: string[]
}

function transfersOf({ name, args }: Program, found: Imported): Transfer[] {
  const table = name === 'awscurl' ? AWSCURL_OPTIONS : CURL
  const transfers: Transfer[] = [{ options: [], urls: [] }]
  const take = (option: CurlOption, value: string, off: boolean) => {
    const last = transfers.at(-1) as Transfer
    if (option.name === 'next') transfers.push({ options: [], urls: [] })
    else if (option.name === 'url') last.urls.push(value)
    else if (off) last.options = last.options.filter(({ name }) => name !== option.name)
    else if (option.reason !== '') leaveOut(found, `--${option.name}`, option.reason)
    else if (!option.silent) last.options.push({ name: option.name, value })
  }
  let only = false
  for (let i = 0; i < args.length; i++) {
    const word = withDashes(args[i] ?? '')
    if (only || !word.startsWith('-') || word === '-') transfers.at(-1)?.urls.push(word)
    else if (word === '--') only = true
    else if (word.startsWith('--')) {
      const [long = '', inline] = word.slice(2).split(/=(.*)/s)
      const option = optionOf(table, long)
      if (!option) leaveOut(found, `--${long.slice(0, 40)}`, `${name} has no such option`)
      else take(option.option, option.option.valued ? (inline ?? args[++i] ?? '') : '', option.off)
    } else {
      // Short options may be combined, and the last one's value may follow directly: -sXPOST.
      for (let at = 1; at < word.length; at++) {
        const option = table.long.get(table.short.get(word.charAt(at)) ?? '')
        if (!option) {
          leaveOut(found, `-${word.charAt(at)}`, `${name} has no such option`)
          continue
        }
        take(option, option.valued ? word.slice(at + 1) || (args[++i] ?? '') : '', false)
        if (option.valued) break
      }
    }
  }
  return transfers
}

/** Typographic dashes that documents contain instead of `--` and `-`. */
const withDashes = (word: string) =>
  word.replace(/^[\u2013\u2014]+(?=[A-Za-z](?![A-Za-z]))/, '-').replace(/^[\u2013\u2014]+(?=[A-Za-z])/, '--')

function draftsOf({ options, urls }: Transfer, program: Ran, found: Imported): Draft[] {
  const literal = options.some(({ name }) => name === 'globoff')
  return urls.flatMap((url) => globbed(url, literal)).map((url) => draftOf(url, options, program, found))
}

const lastOf = (options: Option[], optionName: string) =>
  options.findLast(({ name }) => name === optionName)?.value

function draftOf(url: string, options: Option[], program: Ran, found: Imported): Draft {
  const draft = newDraft()
  const { doc, credentials } = draft
  putUrl(doc, url, lastOf(options, 'proto-default') ?? 'http')
  const content = new Content(program, found)
  let method = ''
  let asQuery = false
  let isHead = false
  for (const { name, value } of options) {
    switch (name) {
      case 'request':
        method = value.toUpperCase()
        break
      case 'header':
        readHeader(value, draft, found)
        break
      case 'get':
        asQuery = true
        break
      case 'head':
        isHead = true
        break
      case 'url-query':
        content.addQuery(value)
        break
      case 'range':
        setHeader(draft, 'range', `bytes=${value}`)
        break
      case 'continue-at':
        if (/^\d+$/.test(value)) setHeader(draft, 'range', `bytes=${value}-`)
        else leaveOut(found, '--continue-at -', 'a page has no file to continue')
        break
      case 'time-cond':
        readTime(value, draft, found)
        break
      case 'cookie':
      case 'user-agent':
      case 'referer':
        putAside(draft, name, value, found)
        break
      case 'max-time':
        doc.options.timeout = Math.round(Number(value) * 1000) || doc.options.timeout
        break
      case 'retry':
        doc.options.retries = Math.min(Math.max(Math.trunc(Number(value)) || 0, 0), 100)
        break
      case 'oauth2-bearer':
        doc.auth.kind = 'bearer'
        credentials.bearerToken = value
        break
      default:
        content.add(name, value)
    }
  }
  readIdentity(draft, options, program, found)
  for (const part of content.query)
    if (!putQuery(doc, part)) doc.url += `${doc.url.includes('?') ? '&' : '?'}${part}`
  if (asQuery) {
    for (const part of content.takeData())
      if (!putQuery(doc, part)) doc.url += `${doc.url.includes('?') ? '&' : '?'}${part}`
  }
  const sends = content.put(doc)
  const upload = content.isUpload
  // awscurl sends GET by default.
  const byDefault =
    program.name === 'awscurl' ? 'GET' : isHead ? 'HEAD' : upload ? 'PUT' : sends ? 'POST' : 'GET'
  doc.method = method || byDefault
  return draft
}

/** The last of equal names counts, as for options that curl allows once. */
function setHeader({ doc }: Draft, name: string, value: string) {
  if (headerOf(doc, name)) removeHeader(doc, name)
  doc.headers.push(row(name, value))
}

/** A header that a page cannot set is kept but set aside: the forwarder sends it. */
function putAside(draft: Draft, name: string, value: string, found: Imported) {
  const before = headerOf(draft.doc, name)?.value
  if (name === 'cookie' && !value.includes('='))
    leaveOut(found, '--cookie', 'a page cannot open the file of cookies')
  else {
    setHeader(draft, name, name === 'cookie' && before ? `${before}; ${value}` : value.replace(/;auto$/, ''))
    const header = headerOf(draft.doc, name)
    if (header) Object.assign(header, { on: false, aside: true })
    leaveOut(found, `--${name}`, OF_BROWSER.get(name) ?? '')
  }
}

const OF_BROWSER: ReadonlyMap<string, string> = new Map([
  ['cookie', 'a page cannot send cookies to another site; the forwarder does'],
  ['user-agent', 'a page cannot set it; the forwarder does'],
  ['referer', 'a page cannot set it; the forwarder does'],
])

/** `Name: value`, `Name;` for an empty value, `Name:` for a header that curl must not send. */
function readHeader(header: string, { doc }: Draft, found: Imported) {
  if (header.startsWith('@')) {
    leaveOut(found, `The headers of the file ${header.slice(1)}`, 'a page cannot open files')
    return
  }
  const [, empty] = /^([^:;]+);\s*$/.exec(header) ?? []
  if (empty !== undefined) {
    doc.headers.push(row(empty.trim(), ''))
    return
  }
  const at = header.indexOf(':')
  if (at < 1) return
  const name = header.slice(0, at).trim()
  const value = header.slice(at + 1).trim()
  if (value !== '') doc.headers.push(row(name, value))
  else if (/^(?:content-type|accept)$/i.test(name))
    leaveOut(found, `A request without ${name}`, 'a page always sends one')
}

/** https://curl.se/docs/manpage.html#-z */
function readTime(value: string, draft: Draft, found: Imported) {
  const before = value.startsWith('-')
  const time = Date.parse(before ? value.slice(1) : value)
  if (Number.isNaN(time))
    leaveOut(found, '--time-cond', 'its value is a file, or a date that this page does not know')
  else setHeader(draft, before ? 'if-unmodified-since' : 'if-modified-since', new Date(time).toUTCString())
}

/** A region that only the shell knows is replaced by the one in the host's name. */
const literalOf = (value: string) => (isTemplate(value) ? '' : value)

function readIdentity(draft: Draft, options: Option[], program: Ran, found: Imported) {
  const { doc, credentials } = draft
  const signed = lastOf(options, 'aws-sigv4')
  const user = lastOf(options, 'user')
  if (program.name === 'awscurl') readAwscurl(draft, options, program)
  else if (signed !== undefined) {
    const [, , region = '', service = ''] = signed.split(':')
    doc.auth = { ...doc.auth, kind: 'iam', region: literalOf(region), service: literalOf(service) }
  }
  if (program.name === 'curl' && user !== undefined) {
    const [name = '', secret = ''] = user.split(/:(.*)/s)
    if (signed !== undefined) putKeys(credentials, { accessKeyId: name, secretAccessKey: secret })
    else if (doc.auth.kind === 'none') {
      doc.auth.kind = 'basic'
      Object.assign(credentials, { username: name, password: secret })
    }
  }
  const profile = program.environment.get('AWS_PROFILE')
  if (profile !== undefined) leaveOut(found, 'AWS_PROFILE', 'a page cannot read the files of the AWS CLI')
}

/** The usual variable names for credentials carry no information. */
function putKeys(into: Draft['credentials'], keys: Partial<Draft['credentials']>) {
  for (const [name, value] of Object.entries(keys))
    if (value !== '' && !/^\{\{AWS_\w+\}\}$/.test(String(value))) Object.assign(into, { [name]: value })
}

/** Its defaults differ from curl's: https://github.com/okigan/awscurl */
function readAwscurl(draft: Draft, options: Option[], { environment }: Ran) {
  const { doc, credentials } = draft
  const valueOrVariable = (option: string, ...names: string[]) =>
    lastOf(options, option) ??
    names.map((name) => environment.get(name)).find((value) => value !== undefined) ??
    ''
  const region = literalOf(valueOrVariable('region', 'AWS_DEFAULT_REGION', 'AWS_REGION'))
  doc.auth = {
    ...doc.auth,
    kind: 'iam',
    service: literalOf(valueOrVariable('service')) || 'execute-api',
    region: region || (endpointOf(doc.url).region === '' ? 'us-east-1' : ''),
  }
  putKeys(credentials, {
    accessKeyId: valueOrVariable('access_key', 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: valueOrVariable('secret_key', 'AWS_SECRET_ACCESS_KEY'),
    sessionToken:
      valueOrVariable('session_token', 'AWS_SESSION_TOKEN') ||
      valueOrVariable('security_token', 'AWS_SECURITY_TOKEN'),
  })
  if (options.some(({ name }) => name === 'header')) return
  doc.headers.push(row('Accept', 'application/xml'), row('Content-Type', 'application/json'))
}
