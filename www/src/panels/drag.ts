// Requests of the list that are dragged: into folders, before other requests, into other collections. By keyboard
// the same is done with “Move up”, “Move down” and “Move to…”.

import { signal } from '@preact/signals'
import { moveRequest } from '../state/collections'

const dragged = signal<{ collectionId: string; id: string } | undefined>(undefined)
/** The key of the place that it would go to. */
export const over = signal('')

export const draggable = (collectionId: string, id: string) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => {
    dragged.value = { collectionId, id }
    event.dataTransfer?.setData('text/plain', '')
  },
  onDragEnd: () => {
    dragged.value = undefined
    over.value = ''
  },
})

/** @param before the request that it goes in front of; without it, it goes to the end of the folder */
export const dropPlace = (key: string, collectionId: string, folder: string, before?: string) => ({
  onDragOver: (event: DragEvent) => {
    if (!dragged.value) return
    event.preventDefault()
    event.stopPropagation()
    over.value = key
  },
  onDragLeave: () => {
    if (over.value === key) over.value = ''
  },
  onDrop: (event: DragEvent) => {
    const { value } = dragged
    if (!value) return
    event.preventDefault()
    event.stopPropagation()
    over.value = ''
    dragged.value = undefined
    if (value.id !== before) moveRequest(value.collectionId, value.id, collectionId, folder, before)
  },
})
