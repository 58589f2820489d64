import type { Credentials, Identity } from '../model/credentials'
import type { Environment } from '../model/environment'
import type { RequestDoc } from '../model/request'
import type { Collection, HistoryRow } from '../state/db'

/**
 * The content of an imported text. Requests contain no credentials: those of an authorization are moved to
 * `credentials` or `identities`, as a value or as `{{name}}`, and the variable of that name becomes secret, whatever
 * its name. They may contain placeholders (`$NAME`, `%NAME%`, `<key>`), which are left out when the import is used.
 */
export interface Imported {
  /** One request to open, or collections to keep. */
  request?: RequestDoc
  collections: Collection[]
  environments: Environment[]
  history: { row: HistoryRow; doc: RequestDoc }[]
  /** The credentials of all requests of this import whose `auth.identity` is empty. */
  credentials: Partial<Credentials>
  /** The credentials of requests whose `auth.identity` names one of them. */
  identities: Identity[]
  /** Sentences that say what was left out, and why. */
  notes: string[]
  /** Signed requests exactly as in the text, to verify them; the other requests have no signature. */
  signed: RequestDoc[]
}

export const nothing = (): Imported => ({
  collections: [],
  environments: [],
  history: [],
  credentials: {},
  identities: [],
  notes: [],
  signed: [],
})

/** Adds a note; each sentence is added once. */
export function leaveOut(found: Imported, what: string, reason: string) {
  const note = `${what} was left out: ${reason}.`
  if (!found.notes.includes(note)) found.notes.push(note)
}

export class ImportProblem extends Error {}
