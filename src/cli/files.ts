// Files that the arguments name; `-` is standard input.

import { readFileSync } from 'node:fs'
import { Usage } from './options/usage.ts'

/** What went wrong with a transfer, with the exit code that curl has for it. */
export class Failure extends Error {
  readonly exit: number
  /** How Node calls it, if it does. */
  readonly code: string | undefined

  constructor(exit: number, message: string, code?: string) {
    super(message)
    this.exit = exit
    this.code = code
  }
}

/** A timer of Node that is to wait longer fires at once, in ms. */
export const LONGEST_TIMER = 0x7fffffff

/** curl's exit code for a file that cannot be read. */
const UNREADABLE = 26

/** @throws {Usage} that names the option */
export function readNamed(option: string, name: string): Buffer {
  try {
    return readFileSync(name === '-' ? 0 : name)
  } catch (error) {
    throw new Usage(`${option}: ${(error as Error).message}`)
  }
}

/** @throws {Failure} as curl ends where it does not go on without the file */
export function readUpload(option: string, name: string): Buffer {
  try {
    return readFileSync(name === '-' ? 0 : name)
  } catch (error) {
    throw new Failure(UNREADABLE, `${option}: ${(error as Error).message}`)
  }
}
