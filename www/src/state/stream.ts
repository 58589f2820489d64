// An answer as it comes: its text, as far as a person can follow.

import { signal } from '@preact/signals'
import { charsetOf } from '../model/charset'
import type { Answer } from '../sign/send'

/** UTF-16 units that are shown while it comes; all of it is shown in the end. */
const SHOWN = 100_000

export type Head = Pick<Answer, 'status' | 'statusText' | 'headers' | 'firstByte'>

export interface Stream {
  head: Head
  contentType: string
  /** Its end; empty for what is no text. */
  text: { value: string }
  add: (piece: Uint8Array) => void
}

export function streamOf(head: Head): Stream {
  const contentType = head.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const text = signal('')
  let whole = ''
  let waiting = false
  let decoder: TextDecoder | undefined
  const isText = /^\s*(?:text\/|[\w.+-]+\/[\w.+-]*(?:json|xml|javascript))/i.test(contentType)
  return {
    head,
    contentType,
    text,
    add(piece) {
      if (!isText) return
      decoder ??= new TextDecoder(charsetOf(contentType, piece))
      whole = (whole + decoder.decode(piece, { stream: true })).slice(-SHOWN)
      // Not more often than a screen shows it.
      if (waiting) return
      waiting = true
      setTimeout(() => {
        waiting = false
        text.value = whole
      }, 50)
    },
  }
}
