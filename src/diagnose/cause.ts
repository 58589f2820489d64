// The causes that the client itself acts on: the texts of src/client/refusal/causes.txt, which the core's decision on a
// failed attempt (src/client/refusal.rs) reads too.

import texts from '../client/refusal/causes.txt'
import { type Refusal, says } from './refusal.ts'
import { after, before } from './text.ts'

/** A line for each name. */
const signs = (name: string) => (after(`\n${texts}`, `\n${name}:`) ?? '').split('\n', 1)[0]?.split('|') ?? []

/** The first of these that a refusal shows. */
export function causeOf(refusal: Refusal): 'clock' | 'token' | 'quota' | undefined {
  return (['clock', 'token', 'quota'] as const).find((name) =>
    signs(name).some((text) => says(refusal, text)),
  )
}

/** The server's time in a message, in ms since the epoch; undefined if there is none. */
export function serverTimeIn(message: string): number | undefined {
  const [rest] = signs('time in brackets').flatMap((start) => after(message, start) ?? [])
  if (rest !== undefined) return timeIn(after(rest, '(')?.slice(0, 16) ?? '')
  return timeInElement(message, signs('time in an element')[0])
}

/** By how many ms the signer's clock is ahead of the server's; NaN if the message has not both times. */
export function aheadIn(message: string): number {
  const ours = timeInElement(message, '<RequestTime>') ?? Number.NaN
  return ours - (timeInElement(message, signs('time in an element')[0]) ?? Number.NaN)
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
