// The code of an MFA device, asked for in the terminal.

import { createInterface } from 'node:readline/promises'

/** @throws {Error} where nobody can be asked */
export async function askCode(serial: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Error(
      `a code of the MFA device ${serial} is needed, and this is no terminal that can ask for it`,
    )
  }
  // Standard output is for the answer.
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const code = await terminal.question(`Code of the MFA device ${serial}: `)
    return code.trim()
  } finally {
    terminal.close()
  }
}
