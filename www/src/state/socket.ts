// The WebSocket of the request in the editor, as it is shown. `connect.ts`, which connects, is loaded with the first
// one.

import { computed, signal } from '@preact/signals'
import type { Explained, Wire } from '../sign/wire'
import { opening } from './request'

export interface Message {
  /** ms since the epoch. */
  at: number
  kind: 'sent' | 'received' | 'note' | 'bad'
  text: string
  bytes: number
}

export const socketState = signal<'closed' | 'connecting' | 'open'>('closed')
/**
 * The URL without its query, which contains the signature. It may belong to another request than the one in the editor.
 */
export const socketUrl = signal('')
export const messages = signal<Message[]>([])

export const handshake = signal<
  { opening: number; wire: Wire; explained: Explained | undefined } | undefined
>(undefined)

/** How the last handshake of the request in the editor was signed. */
export const socketExplained = computed(() =>
  handshake.value?.opening === opening.value ? handshake.value.explained : undefined,
)

/** The handshake as it was sent, with the signature in its URL. */
export const socketWire = computed(() =>
  handshake.value?.opening === opening.value ? handshake.value.wire : undefined,
)
