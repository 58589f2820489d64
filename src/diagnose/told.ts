// What a refusal tells the client itself: the texts of src/client/refusal/told.txt, which the core's decision on a
// failed attempt (src/client/refusal.rs) reads too.

import texts from '../client/refusal/told.txt'
import { type Refusal, says } from './refusal.ts'
import { after, before } from './text.ts'

/** Each second line: what is above them is for readers. */
const signs = (line: number) => (texts.split('\n')[line] ?? '').split('|')

/** Something that the client acts on; the first of these. */
export function toldOf(refusal: Refusal): 'clock' | 'token' | 'quota' | undefined {
  const has = (line: number) => signs(line).some((text) => says(refusal, text))
  return has(1) ? 'clock' : has(3) ? 'token' : has(5) ? 'quota' : undefined
}

/** The server's clock in a message, in ms since the epoch; undefined if it tells none. */
export function serverTimeIn(message: string): number | undefined {
  const [told] = signs(7).flatMap((start) => after(message, start) ?? [])
  if (told !== undefined) return timeIn(after(told, '(')?.slice(0, 16) ?? '')
  return timeInElement(message, signs(9)[0])
}

/** By how many ms the signer's clock is ahead of the server's; NaN if the message has not both times. */
export function aheadIn(message: string): number {
  const ours = timeInElement(message, '<RequestTime>') ?? Number.NaN
  return ours - (timeInElement(message, signs(9)[0]) ?? Number.NaN)
}

/** The time in an element of S3's answer, in either form of ISO 8601. */
function timeInElement(message: string, element = ''): number | undefined {
  const text = before(after(message, element) ?? '', /[.<]/).replaceAll(/[-:]/g, '')
  return timeIn(text) ?? timeIn(`${text}Z`)
}

/** `20130524T000000Z` in ms since the epoch; undefined for anything else. */
export function timeIn(text: string): number | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3T$4:$5:$6')
  const time = iso === text ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? undefined : time
}
