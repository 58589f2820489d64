// An answer while it arrives: its text, up to a readable length.

import { signal } from '@preact/signals'
import { charsetOf } from '../model/charset'
import type { Answer } from '../sign/send'

/** UTF-16 units that are shown while it arrives; at the end everything is shown. */
const SHOWN = 100_000

export type Head = Pick<Answer, 'status' | 'statusText' | 'headers' | 'firstByte'>

export interface Stream {
  head: Head
  contentType: string
  /** The last part of the text; empty if the answer is not text. */
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
      // Not more often than the screen is drawn.
      if (waiting) return
      waiting = true
      setTimeout(() => {
        waiting = false
        text.value = whole
      }, 50)
    },
  }
}
