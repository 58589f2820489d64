// Where an answer goes: standard output as it comes, a terminal without its control characters, or a file.

import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Writable } from 'node:stream'
import { Failure } from './files.ts'
import type { Arguments } from './options/parse.ts'
import { shown } from './shown.ts'

export const NOT_WRITTEN = 23

export interface Output {
  /** Resolves when there is room for more. */
  write(chunk: Buffer): Promise<void>
  end(): Promise<void>
  /** The file; empty for standard output. */
  readonly file: string
  /** Whether the terminal's last line is unfinished. */
  readonly isMidLine: boolean
}

/** @throws {Failure} if the URL has no name for -O, before anything is sent */
export function checkOutput(args: Arguments, url: URL) {
  if (!args.has('output') && args.has('remote-name')) remoteName(url)
}

export function outputOf(args: Arguments, url: URL): Output {
  const [named] = args.all('output')
  const isStandard = named ? named.value === '-' : !args.has('remote-name')
  if (isStandard)
    return process.stdout.isTTY
      ? new Terminal(process.stdout, named !== undefined)
      : new Stream(process.stdout)
  const name = named?.value ?? remoteName(url)
  const folder = args.text('output-dir')
  const file = folder && !isAbsolute(name) ? join(folder, name) : name
  try {
    if (args.has('create-dirs')) mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw new Failure(NOT_WRITTEN, (error as Error).message)
  }
  return new Stream(createWriteStream(file), file)
}

function remoteName({ pathname }: URL): string {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1)
  if (name === '') throw new Failure(NOT_WRITTEN, '-O: the URL does not end with a file name; use -o FILE')
  return name
}

class Stream implements Output {
  readonly isMidLine = false
  readonly file: string
  readonly #to: Writable
  readonly #isFile: boolean
  #failed: Error | undefined

  constructor(to: Writable, file?: string) {
    this.file = file ?? ''
    this.#to = to
    this.#isFile = file !== undefined
    if (this.#isFile) {
      to.on('error', (error) => {
        this.#failed = error
      })
    }
  }

  async write(chunk: Buffer) {
    if (this.#failed) throw new Failure(NOT_WRITTEN, this.#failed.message)
    if (!this.#to.write(chunk)) await this.#settled('drain')
  }

  async end() {
    if (!this.#isFile) return
    this.#to.end()
    if (!this.#to.closed) await this.#settled('close')
  }

  async #settled(event: string) {
    try {
      await once(this.#to, event)
    } catch (error) {
      throw new Failure(NOT_WRITTEN, (error as Error).message)
    }
    if (this.#failed) throw new Failure(NOT_WRITTEN, this.#failed.message)
  }
}

/** The number of bytes that are searched for a NUL, which makes an answer binary, as in curl. */
const LOOKED_AT = 2000

class Terminal implements Output {
  readonly file = ''
  readonly #to: Writable
  readonly #isAsked: boolean
  readonly #decoder = new TextDecoder()
  #looked = 0
  #last = '\n'
  #carriageReturn = ''

  constructor(to: Writable, isAsked: boolean) {
    this.#to = to
    this.#isAsked = isAsked
  }

  get isMidLine() {
    return this.#last !== '\n'
  }

  async write(chunk: Buffer) {
    if (!this.#isAsked && this.#looked < LOOKED_AT) {
      if (chunk.subarray(0, LOOKED_AT - this.#looked).includes(0)) {
        throw new Failure(
          NOT_WRITTEN,
          'the answer is binary: -o FILE saves it, -o - prints it with its control characters escaped',
        )
      }
      this.#looked += chunk.length
    }
    // A line ending may be split over two chunks.
    const text = this.#carriageReturn + this.#decoder.decode(chunk, { stream: true })
    this.#carriageReturn = text.endsWith('\r') ? '\r' : ''
    await this.#show(this.#carriageReturn === '' ? text : text.slice(0, -1))
  }

  async end() {
    await this.#show(this.#carriageReturn + this.#decoder.decode())
  }

  async #show(text: string) {
    if (text === '') return
    this.#last = text.at(-1) ?? ''
    if (!this.#to.write(shown(text))) await once(this.#to, 'drain')
  }
}
