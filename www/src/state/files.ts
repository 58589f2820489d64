// Files that were chosen for parts of forms, in memory, by the id in the row.

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
