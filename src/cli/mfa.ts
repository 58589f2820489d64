// The code of an MFA device, asked for in the terminal.

import { createInterface } from 'node:readline/promises'

/** @throws {Error} if there is no terminal to ask in */
export async function askCode(serial: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Error(`a code from the MFA device ${serial} is needed, but there is no terminal to ask for it`)
  }
  // Standard output is reserved for the answer.
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const code = await terminal.question(`Code from the MFA device ${serial}: `)
    return code.trim()
  } finally {
    terminal.close()
  }
}
