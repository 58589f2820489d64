// Credentials without names, recognized by their shape: rows of `--output text` and `--query`.

import { parseTime } from './credentials'

export interface Shape {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiresAt: number
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ID = /^A[KS]I[AD][A-Z0-9]{7,124}$/
const DATE = /^\d{4}-\d\d-\d\d|^\d{13}$/
/** Other values that the AWS CLI writes into such rows. */
const WORD = /^(?:Active|Inactive|None|null|True|False|CREDENTIALS|ROLECREDENTIALS|ACCESSKEY)$/
const VALUE = /^[A-Za-z0-9+/=_.-]{12,}$/

/** An id, then the secret, then the token if there is one. */
export function shapesOf(text: string): Shape[] {
  const words = text.split(/[\s|,;"'[\]{}]+/)
  const found: Shape[] = []
  let open: Shape | undefined
  for (const word of words) {
    if (ID.test(word)) {
      open = { accessKeyId: word, secretAccessKey: '', sessionToken: '', expiresAt: 0 }
      found.push(open)
    } else if (!open || word === '' || WORD.test(word)) continue
    else if (DATE.test(word)) open.expiresAt = parseTime(word)
    else if (!VALUE.test(word)) continue
    else if (open.secretAccessKey === '') open.secretAccessKey = word.length >= 16 ? word : ''
    else if (open.sessionToken === '') open.sessionToken = word
  }
  // For long-lived keys the date is when they were created.
  for (const shape of found) if (shape.sessionToken === '') shape.expiresAt = 0
  return found.filter(({ secretAccessKey }) => secretAccessKey !== '')
}
