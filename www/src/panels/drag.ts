// Drags requests and folders of the list: into folders, in front of others, into other collections. With the keyboard
// “Move up”, “Move down” and “Move to…” do the same.

import { signal } from '@preact/signals'
import { moveRequest } from '../state/collections'
import { canMove, moveFolder } from '../state/folders'

interface Dragged {
  collectionId: string
  /** The id of a request, or the path of a folder. */
  id?: string
  path?: string
}

const dragged = signal<Dragged | undefined>(undefined)
/** The key of the place where it would be dropped; `before KEY` is the place in front of that one. */
export const over = signal('')

export const overClass = (key: string) =>
  over.value === key ? ' over' : over.value === `before ${key}` ? ' over-before' : ''

export const draggable = (item: Dragged) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => {
    event.stopPropagation()
    dragged.value = item
    event.dataTransfer?.setData('text/plain', '')
  },
  onDragEnd: () => {
    dragged.value = undefined
    over.value = ''
  },
})

interface Place {
  key: string
  collectionId: string
  /** The folder to whose end it is moved. */
  folder: string
  /** The request in front of which it is moved. */
  request?: string
  /** The folder under the pointer: in its upper third, another one is put in front of it. */
  outer?: string
}

export const dropPlace = (place: Place) => {
  const { key, collectionId, folder, request, outer } = place
  const isInFront = (event: DragEvent, { path }: Dragged) => {
    if (path === undefined || outer === undefined) return false
    const { top, height } = (event.currentTarget as Element).getBoundingClientRect()
    return event.clientY < top + height / 3
  }
  /** The move that a drop would make; undefined if it is not allowed. */
  const actionOf = (event: DragEvent) => {
    const item = dragged.value
    if (!item) return undefined
    const { collectionId: from, id, path } = item
    if (id !== undefined) {
      const act = () => id !== request && moveRequest(from, id, collectionId, folder, request)
      return { over: key, act }
    }
    if (path === undefined) return undefined
    const inFront = isInFront(event, item)
    const into = inFront ? (outer ?? '') : folder
    if (!canMove(from, path, collectionId, into)) return undefined
    const act = () => moveFolder(from, path, collectionId, into, inFront ? folder : undefined)
    return { over: inFront ? `before ${key}` : key, act }
  }
  return {
    onDragOver: (event: DragEvent) => {
      const action = actionOf(event)
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      over.value = action.over
    },
    onDragLeave: () => {
      if (over.value === key || over.value === `before ${key}`) over.value = ''
    },
    onDrop: (event: DragEvent) => {
      const action = actionOf(event)
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      over.value = ''
      dragged.value = undefined
      action.act()
    },
  }
}
