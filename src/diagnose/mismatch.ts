// A signature that does not match: reads what the server says it has signed and finds the first line in which that
// differs from what was signed here.

import type { Diagnosis } from '../../pkg-template/index.d.ts'
import { timeIn } from './cause.ts'
import hints from './parts.txt'
import { redact } from './redact.ts'
import { after, before, trim } from './text.ts'

/** Both texts of one side, redacted. What was signed here is brought into the same form. */
type Texts = NonNullable<Diagnosis['server']>
type Difference = NonNullable<Diagnosis['diff']>

/** What the server's texts tell beyond its refusal, if they are in its message. */
export function compare(message: string, ours: Texts): Partial<Diagnosis> {
  const server = serverTexts(message)
  const signed = comparable(ours.canonicalRequest, ours.stringToSign)
  if (!server) return {}
  if (!signed) return { server }
  const diff = firstDifference(signed, server)
  if (!diff) return { ...SAME_TEXT, server }
  const summary = `The signature does not match: the ${diff.part} differs.`
  return { summary, hint: hintFor(diff.part), diff, server }
}

const SAME_TEXT = {
  summary: 'The signature does not match: the secret key does not belong to this access key.',
  hint: 'Both sides signed the same text, except for the time. Check the access key and the secret key for a missing character or an extra space.',
}

/** A line for each part that can differ, and one for what to do about it; the last is for all other headers. */
function hintFor(part: string): string {
  const lines = hints.trimEnd().split('\n')
  const at = lines.indexOf(part)
  return lines[at < 0 ? lines.length - 1 : at + 1] ?? ''
}

/** The two texts in AWS's message, whether its line ends are real or still escaped as in JSON, once or more. */
function serverTexts(message: string): Texts | undefined {
  // S3 has both in elements of their own.
  const element = after(message, '<CanonicalRequest>')
  if (element !== undefined) {
    const end = element.indexOf('</CanonicalRequest>')
    const toSign = before(after(message, '<StringToSign>') ?? '', /</)
    return end < 0 ? undefined : comparable(element.slice(0, end), toSign)
  }
  let text = message
  for (let depth = 0; depth < 4 && text.includes('should have been\\\\'); depth += 1) {
    text = text.replaceAll('\\"', '"').replaceAll('\\\\', '\\')
  }
  if (text.includes('should have been\\')) {
    for (const [escaped, meant] of ESCAPES) text = text.replaceAll(escaped, meant)
  }
  const begun = after(text, 'The Canonical String for this request should have been')
  // The text itself may contain quotes, so it ends where the next title begins.
  const end = begun?.indexOf(TITLE) ?? -1
  if (begun === undefined || end < 0) return
  const [, toSign = '', closed] = begun.slice(end + TITLE.length).split("'", 3)
  return comparable(trim(begun.slice(0, end), " \t\r\n'"), closed === undefined ? '' : toSign)
}

const TITLE = 'The String-to-Sign should have been'

/** The third is in brackets because minifiers would make a character of an escape in a text. */
const ESCAPES: [RegExp, string][] = [
  [/\\r/g, ''],
  [/\\n/g, '\n'],
  [/\\u[0]026/g, '&'],
  [/\\"/g, '"'],
  [/\\\//g, '/'],
]

/**
 * Both texts as they are compared and shown. Undefined if the first has not the lines of a canonical request: where
 * they cannot be told apart, there is nothing to compare, and nothing is shown.
 */
function comparable(canonicalRequest: string, stringToSign: string): Texts | undefined {
  const canonical = plain(canonicalRequest)
  return hasItsLines(canonical)
    ? { canonicalRequest: canonical, stringToSign: plain(stringToSign) }
    : undefined
}

/** A text without secrets, and without what is around its lines in other formats. */
function plain(text: string): string {
  const lines = text.split('\n').map((line) => trim(line, ' \t\r'))
  return redact(trim(lines.join('\n'), '\n'))
}

/** Whether a text is a method, a path, a query, headers, an empty line, their names and a hash. */
function hasItsLines(text: string): boolean {
  const [, path = '', , ...rest] = text.split('\n')
  const headers = rest.findIndex((line) => line.charAt(before(line, /[:= <\\]/).length) !== ':')
  return path.startsWith('/') && headers >= 0 && rest[headers] === '' && rest.length === headers + 3
}

/**
 * The first lines that differ, by more than the time if that is another one: the explanation may have been made later
 * than the signature, which is no cause.
 */
function firstDifference(ours: Texts, theirs: Texts): Difference | undefined {
  const [ourTime, theirTime] = [timeOfRequest(ours.canonicalRequest), timeOfRequest(theirs.canonicalRequest)]
  const isOtherTime = ourTime !== undefined && theirTime !== undefined && ourTime !== theirTime
  const canonical = ours.canonicalRequest.split('\n')
  const ourLines = [...canonical, ...ours.stringToSign.split('\n')]
  const theirLines = `${theirs.canonicalRequest}\n${theirs.stringToSign}`.split('\n')
  const last = canonical.length
  for (const [number, line] of ourLines.entries()) {
    const other = theirLines[number]
    if (other === undefined) return
    if (line === other || (isOtherTime && atTime(line, ourTime, theirTime) === other)) continue
    // The hash is over the time, too.
    if (number >= last + 3 && isOtherTime) return
    // The string to sign is not known of both sides.
    if (number >= last && (line === '' || other === '')) return
    const header = `header ${before(line || other, /:/)}`
    const part = TO_SIGN[number - last] ?? FROM_END[last - number] ?? FROM_START[number] ?? header
    return { part, line: (number >= last ? number - last : number) + 1, ours: line, theirs: other }
  }
}

/** The line as it would be at another time. */
const atTime = (line: string, from: string, to: string) =>
  line.replaceAll(from, to).replaceAll(from.slice(0, 8), to.slice(0, 8))

/** The lines of a canonical request that are at its ends, and those of a string to sign. */
const FROM_START = ['method', 'path', 'query']
const FROM_END = [undefined, 'payload hash', 'signed headers']
const TO_SIGN = ['algorithm', 'time', 'credential scope', 'canonical request hash']

/** The time of a canonical request, in its header or its query. */
function timeOfRequest(canonicalRequest: string): string | undefined {
  const found = after(canonicalRequest, '\nx-amz-date:') ?? after(canonicalRequest, 'X-Amz-Date=')
  const time = found?.slice(0, 16) ?? ''
  return timeIn(time) === undefined ? undefined : time
}
