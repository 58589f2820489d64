// Random refusals, from every text that is known and the corpus of the fuzz target: diagnose answers each, shows no
// secret, and names what the client acts on.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { diagnose, newClient } from 'gatesign'
import { seeded } from '../lib/seeded.mjs'
import { messageOf, OURS, TO_SIGN } from './messages.mjs'
import { problemOf, ROWS } from './rows.mjs'

const LONG = process.env.LONG === '1'
const repository = new URL('../../', import.meta.url)
const rules = readFileSync(new URL('src/diagnose/rules.txt', repository), 'utf8').split('\n')
const KINDS = new Set(rules.filter((_, line) => line % 5 === 0))
const SIGNS = rules.filter((_, line) => line % 5 === 1).flatMap((signs) => signs.split('|'))
const causes = readFileSync(new URL('src/client/refusal/causes.txt', repository), 'utf8').trimEnd()
const CAUSES = causes.split('\n').flatMap((line) => line.slice(line.indexOf(':') + 1).split('|'))

const corpus = new URL('fuzz/corpus/refusal/', repository)
/** Lines: status, error type, code; the rest is the message, and after a form feed what was signed. */
const INPUTS = readdirSync(corpus).map((name) => readFileSync(new URL(name, corpus), 'utf8'))

/** What holds of every diagnosis. */
function check(problem, explanation) {
  const diagnosis = diagnose(problem, explanation)
  const { kind, summary, hint, diff, server, ...parts } = diagnosis
  assert.ok(KINDS.has(kind) && summary !== '' && hint !== '', JSON.stringify(diagnosis))
  if (diff) assert.ok(diff.ours !== diff.theirs && diff.line > 0 && server, JSON.stringify(diff))
  for (const text of Object.values(parts)) assert.ok(typeof text !== 'string' || text !== '')
  return diagnosis
}

/** Every form in which a caller may have it. */
function formsOf(status, type, code, message) {
  const headers = { 'x-amzn-errortype': type }
  return [
    message,
    { message, code },
    { status, headers, body: message },
    { status, headers, body: { message } },
    { status, body: { __type: type, Message: message } },
    { message: 'Request failed', config: {}, response: { status, headers, data: message } },
    `<Error><Code>${type}</Code><Message>${message}</Message></Error>`,
    `<Error><Code>${type}</Code><CanonicalRequest>${message}</CanonicalRequest></Error>`,
  ]
}

test('every input of the corpus, and its beginnings', () => {
  assert.ok(INPUTS.length > 50)
  for (const input of INPUTS) {
    for (let end = Math.min(input.length, 192); end > 0; end -= 1) {
      const [status, type = '', code = '', ...rest] = (end === 192 ? input : input.slice(0, end)).split('\n')
      const [message, ours] = rest.join('\n').split('\f')
      for (const problem of formsOf(Number(status), type, code, message)) {
        check(problem, ours && { canonicalRequest: ours, stringToSign: ours })
      }
    }
  }
})

const random = seeded(20261128)
const below = (count) => Math.floor(random() * count)
const oneOf = (list) => list[below(list.length)]
const PIECES = [
  ...ROWS.map((row) => row[3]),
  ...SIGNS,
  ...CAUSES,
  ...[
    '\n',
    '\\n',
    '\r\n',
    '<',
    '"',
    "'",
    '\\',
    ':',
    '=',
    '&',
    '#',
    ',',
    '(',
    ' - 5 min.)',
    '\u00e9',
    '\ud83d',
  ],
  ...['\u{1f600}', 'x-api-key:canary', 'Cookie=canary', 'x-amz-security-token:canary'],
  ...['<RequestTime>20261128T100000Z</RequestTime>', '<ServerTime>2026-11-28T11:00:00Z</ServerTime>', OURS],
].filter(Boolean)

/** A text with some of it cut, repeated, in upper case, or another put in. */
function mutated(text) {
  let changed = text
  for (let changes = below(4); changes > 0; changes -= 1) {
    const at = below(changed.length + 1)
    const end = at + below(20)
    const [front, middle, back] = [changed.slice(0, at), changed.slice(at, end), changed.slice(end)]
    changed = oneOf([
      front + back,
      front + middle.toUpperCase() + back,
      front + middle + middle + back,
      front + oneOf(PIECES) + middle + back,
    ])
  }
  return changed
}

test('random texts: an answer for each, and no secret in it', () => {
  const count = LONG ? 200_000 : 20_000
  for (let run = 0; run < count; run += 1) {
    const [, status, type, text, code] = oneOf(ROWS)
    const message = mutated(oneOf([text, messageOf(mutated(OURS), mutated(TO_SIGN))]))
    const explanation = oneOf([
      undefined,
      { canonicalRequest: OURS, stringToSign: TO_SIGN },
      { canonicalRequest: mutated(OURS), stringToSign: mutated(TO_SIGN) },
    ])
    check(oneOf(formsOf(status, mutated(type), code, message)), explanation)
  }
  // The name of the secret has to be left as it is: nothing else tells that what follows is one.
  for (let run = 0; run < count / 4; run += 1) {
    const ours = mutated(OURS.replace('canary-token', '')).replace(
      'x-amz-security-token:',
      'x-amz-security-token:canary',
    )
    const explanation = { canonicalRequest: ours, stringToSign: TO_SIGN }
    const problem = oneOf(formsOf(403, 'SignatureDoesNotMatch', '', messageOf(ours, TO_SIGN)))
    assert.doesNotMatch(JSON.stringify(check(problem, explanation)), /canary/)
  }
})

const URL_OF_API = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'

/** What the client does with a refusal that comes once: `token` renewed, `clock` corrected, or nothing. */
async function actedOn({ status, headers, body }) {
  let asked = 0
  let sent = 0
  const credentials = async () => {
    asked += 1
    return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  }
  const fetch = async () => {
    sent += 1
    return sent === 1 ? new Response(body, { status, headers }) : new Response('{}')
  }
  const client = newClient({ invokeUrl: URL_OF_API, fetch, credentials })
  await client.invokeApi({}, '/x', 'GET').catch(() => {})
  return asked === 2 ? 'token' : sent === 2 ? 'clock' : undefined
}

/** A time near now, as S3 and API Gateway write it. */
const hourFromNow = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '')
const WITH_TIMES = [
  `Signature expired: x is now earlier than y (${hourFromNow.replace(/[-:]/g, '')} - 5 min.)`,
  `Signature not yet current: x is still later than y (${hourFromNow.replace(/[-:]/g, '')} + 5 min.)`,
  `RequestTimeTooSkewed <ServerTime>${hourFromNow}</ServerTime>`,
]

test('what the client acts on is what diagnose names, and the reverse', async () => {
  const counts = { token: 0, clock: 0, nothing: 0 }
  const statuses = [400, 401, 403]
  const rows = ROWS.filter(([, status]) => status > 1 && status < 500).map(([, , type, message]) => [
    type,
    message,
  ])
  const known = [...rows, ...WITH_TIMES.map((text) => ['', text]), ...CAUSES.map((text) => ['', text])]
  const mutations = Array.from({ length: LONG ? 20_000 : 3000 }, () => {
    const [type, message] = oneOf(known)
    return [mutated(type).replace(/[^\x20-\x7e]/g, ''), mutated(oneOf([message, message, oneOf(WITH_TIMES)]))]
  })
  for (const [type, message] of [...known, ...mutations]) {
    const headers = type.trim() ? { 'x-amzn-errortype': type } : {}
    const body = oneOf([message, JSON.stringify({ message })])
    const refusal = { status: oneOf(statuses), headers, body }
    const [did, { kind, summary }] = [await actedOn(refusal), diagnose(refusal)]
    const told = JSON.stringify({ refusal, did, kind }, null, 1)
    counts[did ?? 'nothing'] += 1
    // A web ACL answers before the service looks at a signature.
    if (kind === 'Waf') continue
    assert.equal(did === 'token', kind === 'ExpiredToken', told)
    const isClock = /^(SignatureExpired|SignatureNotYetCurrent|ClockSkew)$/.test(kind)
    if (did === 'clock') assert.ok(isClock, told)
    // A presigned URL expires by itself, and without the server's time there is nothing to correct.
    if (isClock && did !== 'clock') assert.ok(summary.includes('presigned') || !hasTime(message), told)
  }
  assert.ok(counts.token > 50 && counts.clock > 50 && counts.nothing > 50, JSON.stringify(counts))
})

/** Whether a message has the server's time whole, and tells no other one. */
const hasTime = (message) =>
  WITH_TIMES.some((text) => message.includes(text)) &&
  message.match(/Signature expired:|Signature not yet current:|<ServerTime>/g)?.length === 1

test('every row as it is', () => {
  for (const row of ROWS) check(problemOf(row))
})
