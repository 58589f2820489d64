// Files that the arguments name; `-` is standard input.

import { readFileSync } from 'node:fs'
import { Usage } from './options/usage.ts'

/** A failed transfer, with curl's exit code for it. */
export class Failure extends Error {
  readonly exit: number
  /** Node's error code, if there is one. */
  readonly code: string | undefined

  constructor(exit: number, message: string, code?: string) {
    super(message)
    this.exit = exit
    this.code = code
  }
}

/** ms; Node fires a timer at once if it would have to wait longer. */
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

/** @throws {Failure} where curl exits if the file cannot be read */
export function readUpload(option: string, name: string): Buffer {
  try {
    return readFileSync(name === '-' ? 0 : name)
  } catch (error) {
    throw new Failure(UNREADABLE, `${option}: ${(error as Error).message}`)
  }
}
