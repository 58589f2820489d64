// Nested folders: a request has the whole path, `A / B`.

export interface Folder<T> {
  name: string
  /** The path as in requests; empty at the top. */
  path: string
  items: T[]
  folders: Folder<T>[]
}

export const JOINT = ' / '

/**
 * Builds the tree, with folders in the order of their first request.
 *
 * @param paths of folders to list first, in this order, even if they are empty
 */
export function treeOf<T extends { folder: string }>(
  items: readonly T[],
  paths: readonly string[] = [],
): Folder<T> {
  const top: Folder<T> = { name: '', path: '', items: [], folders: [] }
  const all = new Map([['', top]])
  const find = (path: string): Folder<T> => {
    const existing = all.get(path)
    if (existing) return existing
    const folder: Folder<T> = { name: innerName(path), path, items: [], folders: [] }
    find(outerOf(path)).folders.push(folder)
    all.set(path, folder)
    return folder
  }
  for (const path of paths) find(path)
  for (const item of items) find(item.folder).items.push(item)
  return top
}

export const rowPaths = ({ folders = [] }: { folders?: readonly { path: string }[] }): string[] =>
  folders.map(({ path }) => path)

/** The number of items in it, at any depth. */
export const countOf = ({ items, folders }: Folder<unknown>): number =>
  folders.reduce((sum, folder) => sum + countOf(folder), items.length)

/** Whether a path is that of a folder, or of a folder inside it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder + JOINT)

/** The parent of a folder; empty at the top. */
export const outerOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf(JOINT)))

/** Its own name, without its parents. */
export const innerName = (path: string): string =>
  path.includes(JOINT) ? path.slice(path.lastIndexOf(JOINT) + JOINT.length) : path

export const joinedPath = (outer: string, name: string): string => (outer ? outer + JOINT + name : name)

/** The path of a folder, or of a folder inside it, after it was moved or renamed. */
export const movedPath = (path: string, from: string, to: string): string =>
  isWithin(path, from) ? to + path.slice(from.length) : path
