import type { Credentials } from '../model/credentials'
import type { Environment } from '../model/environment'
import type { RequestDoc } from '../model/request'
import type { Collection, HistoryRow } from '../state/db'

/** What a text holds that was brought in. */
export interface Imported {
  /** One request, to be opened; or collections, to be kept. */
  request?: RequestDoc
  collections: Collection[]
  environments: Environment[]
  history: { row: HistoryRow; doc: RequestDoc }[]
  /** Go to memory, like those that are typed in. */
  credentials: Partial<Credentials>
  /** What was left out, in sentences. */
  notes: string[]
}

export const nothing = (): Imported => ({
  collections: [],
  environments: [],
  history: [],
  credentials: {},
  notes: [],
})

export class ImportProblem extends Error {}
