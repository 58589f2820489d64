// Folders in folders: a request has the whole path, `A / B`.

export interface Folder<T> {
  name: string
  /** As requests have it; empty at the top. */
  path: string
  items: T[]
  folders: Folder<T>[]
}

const JOINT = ' / '

/** In the order in which the folders first come. */
export function treeOf<T extends { folder: string }>(items: readonly T[]): Folder<T> {
  const top: Folder<T> = { name: '', path: '', items: [], folders: [] }
  const all = new Map([['', top]])
  const find = (path: string): Folder<T> => {
    const known = all.get(path)
    if (known) return known
    const at = path.lastIndexOf(JOINT)
    const outer = find(at === -1 ? '' : path.slice(0, at))
    const made: Folder<T> = {
      name: at === -1 ? path : path.slice(at + JOINT.length),
      path,
      items: [],
      folders: [],
    }
    outer.folders.push(made)
    all.set(path, made)
    return made
  }
  for (const item of items) find(item.folder).items.push(item)
  return top
}

/** How many items are in it, however deep. */
export const countOf = ({ items, folders }: Folder<unknown>): number =>
  folders.reduce((sum, folder) => sum + countOf(folder), items.length)

/** The path of a folder, or of one in it, after it is moved or renamed. */
export const movedPath = (path: string, from: string, to: string): string =>
  path === from || path.startsWith(from + JOINT) ? to + path.slice(from.length) : path
