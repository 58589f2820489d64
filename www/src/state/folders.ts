// Folders of a collection, which are paths of its requests. Once one of them has settings, is new or was moved, all of
// them have rows, which keep their order. A folder moves with its content.

import type { RequestDoc } from '../model/request'
import type { FolderRow } from '../model/settings'
import {
  type Folder,
  innerName,
  isWithin,
  joinedPath,
  movedPath,
  outerOf,
  rowPaths,
  treeOf,
} from '../model/tree'
import { collections, saveCollection } from './collections'
import type { Collection, SavedRequest } from './db'

const collectionOf = (id: string) => collections.value.find((item) => item.id === id)

/** All folders in it, in the order of the list. */
export function foldersOf(collection: Collection): string[] {
  const paths = (folder: Folder<unknown>): string[] =>
    folder.folders.flatMap((inner) => [inner.path, ...paths(inner)])
  return paths(treeOf(collection.requests, rowPaths(collection)))
}

/** A row for each of them. */
function rowsOf(collection: Collection): FolderRow[] {
  const rows = new Map(collection.folders?.map((row) => [row.path, row]))
  return foldersOf(collection).map((path) => rows.get(path) ?? { path })
}

/** A name that no other folder there has. */
function freePath(rows: readonly FolderRow[], outer: string, name: string): string {
  const paths = new Set(rows.map(({ path }) => path))
  let path = joinedPath(outer, name)
  for (let i = 2; paths.has(path); i++) path = joinedPath(outer, `${name} ${i}`)
  return path
}

/** @returns its path */
export function newFolder(collectionId: string, outer: string): string {
  const collection = collectionOf(collectionId)
  if (!collection) return ''
  const rows = rowsOf(collection)
  const path = freePath(rows, outer, 'New folder')
  saveCollection({ ...collection, folders: [...rows, { path }] })
  return path
}

export function saveFolder(collectionId: string, path: string, settings: RequestDoc) {
  const collection = collectionOf(collectionId)
  if (!collection) return
  const folders = rowsOf(collection).map((row) => (row.path === path ? { path, settings } : row))
  saveCollection({ ...collection, folders })
}

/** Renames a folder with its content. If a folder of the new name exists, its settings are kept. */
export function renameFolder(collectionId: string, path: string, name: string) {
  const collection = collectionOf(collectionId)
  const to = joinedPath(outerOf(path), name)
  if (!collection || to === path) return
  const requests = collection.requests.map((item) => ({ ...item, folder: movedPath(item.folder, path, to) }))
  const byPath = new Map<string, FolderRow>()
  for (const row of collection.folders ?? []) {
    const moved = movedPath(row.path, path, to)
    const before = byPath.get(moved)
    if (!before?.settings || row.path === moved) byPath.set(moved, { ...row, path: moved })
  }
  const folders = byPath.size > 0 && { folders: [...byPath.values()] }
  saveCollection({ ...collection, requests, ...folders })
}

/** A folder with its content, and the rest of its collection. */
function takenOut(collection: Collection, path: string) {
  const rows = rowsOf(collection)
  const isIn = ({ folder }: SavedRequest) => isWithin(folder, path)
  return {
    remainder: {
      ...collection,
      requests: collection.requests.filter((item) => !isIn(item)),
      folders: rows.filter((row) => !isWithin(row.path, path)),
    },
    requests: collection.requests.filter(isIn),
    rows: rows.filter((row) => isWithin(row.path, path)),
  }
}

/** Whether it may be moved there: a folder cannot be in itself. */
export const canMove = (from: string, path: string, to: string, outer: string) =>
  from !== to || !isWithin(outer, path)

/**
 * Puts a folder into another one, in the same or another collection.
 *
 * @param before the folder to put it in front of; without it, it goes to the end
 */
export function moveFolder(from: string, path: string, to: string, outer: string, before?: string) {
  const source = collectionOf(from)
  if (!source || !collectionOf(to) || !canMove(from, path, to, outer) || before === path) return
  const { remainder, requests, rows } = takenOut(source, path)
  // Writes the row of each collection once, so that a window that reads in between sees no duplicates.
  if (from !== to) saveCollection(remainder)
  const target = from === to ? remainder : collectionOf(to)
  if (!target) return
  const others = rowsOf(target)
  const moved = freePath(others, outer, innerName(path))
  const at = before === undefined ? -1 : others.findIndex((row) => row.path === before)
  const renamed = rows.map((row) => ({ ...row, path: movedPath(row.path, path, moved) }))
  saveCollection({
    ...target,
    requests: [
      ...target.requests,
      ...requests.map((item) => ({ ...item, folder: movedPath(item.folder, path, moved) })),
    ],
    folders: others.toSpliced(at === -1 ? others.length : at, 0, ...renamed),
  })
}

/** Moves a folder among those in the same folder. @param by -1 or 1 */
export function stepFolder(collectionId: string, path: string, by: number) {
  const collection = collectionOf(collectionId)
  if (!collection) return
  const siblings = foldersOf(collection).filter((item) => outerOf(item) === outerOf(path))
  const at = siblings.indexOf(path)
  // To move down, the next folder is put in front of this one.
  const [moving, before] = by < 0 ? [path, siblings[at - 1]] : [siblings[at + 1], path]
  if (moving === undefined || before === undefined) return
  moveFolder(collectionId, moving, collectionId, outerOf(path), before)
}

/** Deletes a folder with its content. @returns a function that undoes it, but nothing that was changed since */
export function removeFolder(collectionId: string, path: string): () => void {
  const collection = collectionOf(collectionId)
  if (!collection) return () => {}
  const { remainder, requests, rows } = takenOut(collection, path)
  saveCollection(remainder)
  return () => {
    const now = collectionOf(collectionId)
    if (!now) return
    const others = rowsOf(now).filter((row) => !rows.some((item) => item.path === row.path))
    const order = new Map(rowsOf(collection).map((row, i) => [row.path, i]))
    const folders = [...others, ...rows].sort(
      (a, b) => (order.get(a.path) ?? Infinity) - (order.get(b.path) ?? Infinity) || 0,
    )
    saveCollection({ ...now, requests: [...now.requests, ...requests], folders })
  }
}
