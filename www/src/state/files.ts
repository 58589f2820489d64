// Files that were chosen for the parts of forms: in memory, by an id that the row has.

import { signal } from '@preact/signals'
import { newId } from './db'

export interface Chosen {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

export const files = signal<ReadonlyMap<string, Chosen>>(new Map())

/** @returns its id */
export async function chooseFile(file: File): Promise<string> {
  const id = newId()
  const chosen = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  files.value = new Map(files.value).set(id, chosen)
  return id
}
