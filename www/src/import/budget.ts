// Limits the work of an import: a small text can describe a very large one.

import { ImportProblem } from './imported'

/** The maximum number of characters of a pasted text or a file. */
export const MOST_TEXT = 32_000_000

export const tooLong = `This text is longer than ${MOST_TEXT / 1e6} million characters: import a part of it.`

/** How deeply folders may be nested. */
export const MOST_DEPTH = 60

export class Budget {
  private nodes = 0
  private bytes = 0

  constructor(
    private readonly mostNodes = 1_000_000,
    private readonly mostBytes = 64_000_000,
  ) {}

  /** @throws {ImportProblem} */
  spend(nodes: number, bytes = 0) {
    this.nodes += nodes
    this.bytes += bytes
    if (this.nodes > this.mostNodes || this.bytes > this.mostBytes)
      throw new ImportProblem(
        `This describes more than the page can hold (${this.mostNodes} values, ${this.mostBytes / 1e6} MB): import a part of it.`,
      )
  }

  /** Whether the budget allows it, for data that can otherwise be cut. */
  has(nodes: number, bytes = 0): boolean {
    return this.nodes + nodes <= this.mostNodes && this.bytes + bytes <= this.mostBytes
  }
}
