import type { Credentials, Identity } from '../model/credentials'
import type { Environment } from '../model/environment'
import type { RequestDoc } from '../model/request'
import type { Collection, HistoryRow } from '../state/db'

/**
 * What a text holds that was brought in. Nothing in a request is a credential: what an authorization
 * uses goes to `credentials` or `identities`, as a value or as `{{name}}`; the variable of that name is
 * then secret, whatever it is called. Placeholders (`$NAME`, `%NAME%`, `<key>`) may stay in them: they
 * are left out when the import is taken over.
 */
export interface Imported {
  /** One request, to be opened; or collections, to be kept. */
  request?: RequestDoc
  collections: Collection[]
  environments: Environment[]
  history: { row: HistoryRow; doc: RequestDoc }[]
  /** Of all requests of this import whose `auth.identity` is empty. */
  credentials: Partial<Credentials>
  /** Of the requests whose `auth.identity` names one of them. */
  identities: Identity[]
  /** What was left out, in sentences, each with its reason. */
  notes: string[]
  /** Signed requests as they stand in the text, for who wants to verify them; the others have no signature. */
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

/** Notes something that was set aside; each sentence stands once. */
export function leaveOut(found: Imported, what: string, reason: string) {
  const note = `${what} was left out: ${reason}.`
  if (!found.notes.includes(note)) found.notes.push(note)
}

export class ImportProblem extends Error {}
