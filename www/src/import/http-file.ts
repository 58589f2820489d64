// Reads `.http` and `.rest` files of REST Client, Visual Studio and JetBrains, and raw HTTP requests.
//
// https://github.com/Huachao/vscode-restclient

import type { Variable } from '../model/environment'
import { newId } from '../model/id'
import { row } from '../model/request'
import { putBody } from './body'
import { type Draft, finish, gather, headerOf, newDraft, removeHeader } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { multipartText } from './multipart'
import { putUrl } from './url'

const MOST = 2_000
const REQUEST = /^([A-Z][A-Z-]{1,20})[ \t]+(\S.*)$/s

export function readHttpFile(source: string): Imported {
  const found = nothing()
  const variables: Variable[] = []
  const blocks = source.split(/^###(.*)$/m)
  if (blocks.length > 2 * MOST)
    throw new ImportProblem(`These are more than ${MOST} requests: import fewer at a time.`)
  const drafts: Draft[] = []
  for (let i = 0; i < blocks.length; i += 2) {
    const draft = draftOf(blocks[i] ?? '', (i > 0 ? (blocks[i - 1] ?? '') : '').trim(), variables, found)
    if (draft) drafts.push(draft)
  }
  if (drafts.length === 0)
    throw new ImportProblem('There is no request in this text: one begins with a method and a URL.')
  for (const draft of drafts) finish(draft, found)
  gather(found, 'HTTP', drafts)
  if (variables.length > 0) found.environments.push({ id: newId(), name: 'HTTP', variables })
  return found
}

function draftOf(block: string, title: string, variables: Variable[], found: Imported): Draft | undefined {
  const lines = block.split(/\r?\n/)
  let at = 0
  let name = title
  // Comments, names and variables come before the request.
  for (; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    const [, variable, value = ''] = /^@([\w.-]+)\s*=(.*)$/s.exec(line) ?? []
    const [, called] = /^(?:#|\/\/)\s*@name\s+(\S+)/.exec(line) ?? []
    if (variable !== undefined) variables.push({ name: variable, value: value.trim(), secret: false })
    else if (called !== undefined) name = called
    else if (line !== '' && !/^(?:#|\/\/)/.test(line)) break
  }
  const first = (lines[at] ?? '').trim()
  const [, method = 'GET', written = first] = REQUEST.exec(first) ?? []
  if (first === '' || !/^(?:\w+:\/\/|\{\{|\/|[\w.-]+[:/])/.test(written)) return undefined
  // The query may continue on the next lines.
  let url = written
  while (/^\s+[?&]/.test(lines[at + 1] ?? '')) url += (lines[++at] ?? '').trim()
  const version = url.lastIndexOf(' HTTP/')
  if (version !== -1 && /^[\d.]*$/.test(url.slice(version + 6))) url = url.slice(0, version).trimEnd()
  const draft = newDraft(name)
  draft.doc.method = method
  const end = lines.findIndex((line, i) => i > at && line.trim() === '')
  const heads = lines.slice(at + 1, end === -1 ? undefined : end)
  for (const line of heads) readHeader(line, draft)
  // A raw HTTP request has its host in a header.
  const host = headerOf(draft.doc, 'host')?.value
  putUrl(
    draft.doc,
    url.startsWith('/')
      ? `${/^(?:localhost|127\.)/.test(host ?? '') ? 'http' : 'https'}://${host ?? '{{host}}'}${url}`
      : url,
  )
  readAuthorization(draft)
  readBody(end === -1 ? [] : lines.slice(end + 1), draft, found)
  return draft
}

function readHeader(line: string, { doc }: Draft) {
  const at = line.indexOf(':')
  if (at < 1 || /^\s*(?:#|\/\/)/.test(line)) return
  doc.headers.push(row(line.slice(0, at).trim(), line.slice(at + 1).trim()))
}

/** REST Client's syntax: `AWS id secret token:… region:… service:…`, `Basic user password`. */
function readAuthorization({ doc, credentials }: Draft) {
  const header = headerOf(doc, 'authorization')
  const words = header?.value.split(/\s+/) ?? []
  const [scheme = '', first = '', second = ''] = words
  if (/^aws$/i.test(scheme)) {
    const named = (name: string) =>
      words.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1) ?? ''
    doc.auth = { ...doc.auth, kind: 'iam', region: named('region'), service: named('service') }
    Object.assign(credentials, { accessKeyId: first, secretAccessKey: second, sessionToken: named('token') })
    removeHeader(doc, 'authorization')
  } else if (/^basic$/i.test(scheme) && (second !== '' || first.includes(':'))) {
    const [username = '', password = ''] =
      second !== '' ? [first, words.slice(2).join(' ')] : first.split(/:(.*)/s)
    doc.auth.kind = 'basic'
    Object.assign(credentials, { username, password })
    removeHeader(doc, 'authorization')
  }
}

function readBody(lines: string[], { doc }: Draft, found: Imported) {
  const bodyLines: string[] = []
  for (const line of lines) {
    // JetBrains' scripts, and the redirection of the answer.
    if (/^>>?!? |^> ?\{%|^<> /.test(line)) {
      leaveOut(found, 'What follows an answer (>)', 'the page runs no scripts')
      break
    }
    bodyLines.push(line)
  }
  while (bodyLines.length > 0 && bodyLines.at(-1)?.trim() === '') bodyLines.pop()
  const [only = ''] = bodyLines
  const [, file] = bodyLines.length === 1 ? (/^<@?\w*\s+(\S.*)$/.exec(only) ?? []) : []
  if (file !== undefined) {
    const contentType = headerOf(doc, 'content-type')?.value ?? ''
    removeHeader(doc, 'content-type')
    doc.body = { ...doc.body, kind: 'file', fileName: file, contentType }
    leaveOut(found, `The file ${file}`, 'a page cannot open it: choose it under Body')
    return
  }
  const type = headerOf(doc, 'content-type')?.value ?? ''
  const [, boundary] = /^multipart\/form-data;\s*boundary="?([^";]+)/i.exec(type) ?? []
  if (boundary !== undefined) {
    removeHeader(doc, 'content-type')
    multipartText(doc, partsOf(bodyLines, boundary, found))
    return
  }
  // A form may have one field per line.
  const isForm = /x-www-form-urlencoded/i.test(type)
  const text = isForm ? bodyLines.map((line) => line.trim()).join('') : bodyLines.join('\n')
  putBody(doc, text, 'text/plain')
}

function partsOf(lines: string[], boundary: string, found: Imported) {
  return lines
    .join('\n')
    .split(`--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith('--'))
    .map((part) => {
      const [head = '', ...rest] = part.replace(/^\n/, '').split('\n\n')
      const value = rest.join('\n\n').replace(/\n$/, '')
      const [, name = ''] = /[;\s]name="?([^";]*)/i.exec(head) ?? []
      const [, fileName] = /filename="?([^";]*)/i.exec(head) ?? []
      const [, contentType] = /^content-type:\s*(.*)$/im.exec(head) ?? []
      const [, file] = /^<@?\w*\s+(\S.*)$/.exec(value.trim()) ?? []
      if (file !== undefined)
        leaveOut(
          found,
          `The file ${file} of the field ${name}`,
          'a page cannot open it: choose it under Body',
        )
      return {
        name,
        value: file === undefined ? value : '',
        ...(contentType !== undefined && { contentType: contentType.trim() }),
        ...(fileName !== undefined && { fileName }),
        ...(file !== undefined && { file }),
      }
    })
}
