// The body of a curl command: data, JSON, a multipart form, or a file.

import { strictlyEncoded } from '../model/percent'
import { type RequestDoc, row } from '../model/request'
import { putBody } from './body'
import type { Program } from './commands'
import { headerOf, removeHeader } from './drafts'
import { type Imported, leaveOut } from './imported'
import { multipartText, type Part } from './multipart'

const CHOOSE = 'a page cannot open it: choose it under Body'

/** Collects the values of the options, in order. */
export class Content {
  readonly query: string[] = []
  private data: string[] = []
  private json: string[] | undefined
  private readonly parts: Part[] = []
  private file = ''
  private upload = ''
  private text: string | undefined
  private readonly binary: boolean

  constructor(
    private readonly program: Program & { stdin: string | undefined },
    private readonly found: Imported,
  ) {
    this.binary = program.name === 'awscurl'
  }

  get isUpload(): boolean {
    return this.upload !== '' || this.text !== undefined
  }

  add(name: string, value: string) {
    switch (name) {
      case 'data':
      case 'data-ascii':
        this.addData(value, !this.binary)
        break
      case 'data-raw':
        this.data.push(value)
        break
      case 'data-binary':
        // In awscurl it is a flag.
        if (!this.binary) this.addData(value, false)
        break
      case 'data-urlencode':
        this.addEncoded(value, (text) => this.data.push(text))
        break
      case 'json':
        this.json ??= []
        this.take(value, false, (text) => this.json?.push(text))
        break
      case 'form':
      case 'form-string':
        this.addPart(name, value)
        break
      case 'upload-file':
        if ((value === '-' || value === '.') && this.program.stdin !== undefined)
          this.text = this.program.stdin
        else this.upload = value
    }
  }

  private addData(value: string, lines: boolean) {
    this.take(value, lines, (text) => this.data.push(text))
  }

  /** `@file`, whose content is known only if it is standard input. */
  private take(value: string, lines: boolean, put: (text: string) => void) {
    if (!value.startsWith('@')) put(value)
    else if (value === '@-' && this.program.stdin !== undefined)
      // curl removes line ends from what it reads for --data.
      put(lines ? this.program.stdin.replace(/[\r\n]/g, '') : this.program.stdin)
    else if (this.file === '' && this.data.length === 0) this.file = value.slice(1)
    else leaveOut(this.found, `The file ${value.slice(1)}`, 'a body is one file, or text')
  }

  /** `name=content`, `=content`, `content`, `name@file`, `@file` */
  private addEncoded(value: string, put: (text: string) => void) {
    const [, name = '', sign = '', content = ''] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? []
    if (sign === '@')
      leaveOut(this.found, `The file ${content} (--data-urlencode)`, 'a page cannot open files')
    else if (sign === '=') put((name === '' ? '' : `${name}=`) + strictlyEncoded(content))
    else put(strictlyEncoded(value))
  }

  /** `+text` is taken as it is. */
  addQuery(value: string) {
    if (value.startsWith('+')) this.query.push(value.slice(1))
    else this.addEncoded(value, (text) => this.query.push(text))
  }

  private addPart(option: string, value: string) {
    const at = value.indexOf('=')
    if (at < 1) return
    const name = value.slice(0, at)
    const part =
      option === 'form-string' ? { name, value: value.slice(at + 1) } : partOf(name, value.slice(at + 1))
    this.parts.push(part)
  }

  /** For -G: the data is the query instead of the body. */
  takeData(): string[] {
    const { data } = this
    this.data = []
    if (this.file !== '') leaveOut(this.found, `The file ${this.file}`, 'a page cannot open files')
    this.file = ''
    return data
  }

  /** @returns whether there is a body, which may be empty */
  put(doc: RequestDoc): boolean {
    if (this.parts.length > 0) {
      this.putParts(doc)
      return true
    }
    if (this.upload !== '') {
      this.putFile(doc, this.upload, '')
      return true
    }
    if (this.text !== undefined) {
      putBody(doc, this.text, '')
      return true
    }
    if (this.json) {
      if (!headerOf(doc, 'content-type')) doc.headers.push(row('Content-Type', 'application/json'))
      if (!headerOf(doc, 'accept')) doc.headers.push(row('Accept', 'application/json'))
    }
    if (this.file !== '') {
      this.putFile(doc, this.file, FORM)
      return true
    }
    const text = this.json ? [...this.json, ...this.data].join('') : this.data.join('&')
    putBody(doc, text, FORM)
    return this.json !== undefined || this.data.length > 0
  }

  private putFile(doc: RequestDoc, name: string, byDefault: string) {
    const contentType = headerOf(doc, 'content-type')?.value ?? byDefault
    removeHeader(doc, 'content-type')
    doc.body = { ...doc.body, kind: 'file', fileName: name, contentType }
    leaveOut(this.found, `The file ${name}`, CHOOSE)
  }

  private putParts(doc: RequestDoc) {
    removeHeader(doc, 'content-type')
    for (const part of this.parts) {
      if (part.file !== undefined)
        leaveOut(
          this.found,
          `The file of the field ${part.name}`,
          'a page cannot open it: choose it under Body',
        )
    }
    multipartText(doc, this.parts)
  }
}

const FORM = 'application/x-www-form-urlencoded'

/** `@file;type=image/png;filename=x`, `<file`, `"quoted";type=…`, `value;type=…` */
function partOf(name: string, value: string): Part {
  const [, sign = ''] = /^([@<]?)/.exec(value) ?? []
  const rest = value.slice(sign.length)
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(rest)
  const plainEnd = rest.search(/;/)
  const content = quoted
    ? (quoted[1] ?? '').replace(/\\(["\\])/g, '$1')
    : plainEnd === -1
      ? rest
      : rest.slice(0, plainEnd)
  const after = quoted ? rest.slice(quoted[0].length) : plainEnd === -1 ? '' : rest.slice(plainEnd)
  const part: Part = { name, value: content }
  for (const [, key = '', quotedValue, plain] of after.matchAll(
    /;\s*(type|filename|headers|encoder)=(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gi,
  )) {
    const value = quotedValue?.replace(/\\(["\\])/g, '$1') ?? plain?.trim() ?? ''
    if (/^type$/i.test(key)) part.contentType = value
    else if (/^filename$/i.test(key)) part.fileName = value
  }
  if (sign === '') return part
  const base = content.slice(Math.max(content.lastIndexOf('/'), content.lastIndexOf('\\')) + 1)
  return { ...part, value: '', file: content, ...(sign === '@' && { fileName: part.fileName ?? base }) }
}
