// The refusals that API Gateway, and the services behind it, are known to give: the paragraphs of rules.txt, the
// first that matches. The hints are imported where they are shown (diagnose.ts): a page that only makes calls does
// without. Each paragraph has four lines:
//
// 1. the kind,
// 2. signs with `|` between them, one of which is enough: a text that the error type or the message has in it; a
//    status (`413`) or several (`500-999`), alone or with such a text (`403 Forbidden`); `code` and a text that the
//    error's code has in it; `no response`, `browser` (the same in a browser's words); `anything else`; what the
//    client itself acts on (cause.ts): `clock` (with `behind` or `ahead`), `token`, `quota`,
// 3. the summary,
// 4. the hint.
//
// Texts are matched softly, because the owner of an API can replace every one of them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html

import type { Diagnosis } from '../../pkg-template/index.d.ts'
import { aheadIn, causeOf } from './cause.ts'
import { type Refusal, says } from './refusal.ts'
import rules from './rules.txt?rules'

/** What browsers say when they have no answer that a page may read. */
const BROWSERS = /Network Error|Failed to fetch|Load failed|NetworkError when attempting|net::ERR_FAILED/

interface Found extends Pick<Diagnosis, 'kind' | 'summary'> {
  /** Of its paragraph. */
  number: number
  /** Whether the answer says so itself, by more than its status. */
  isSaid: boolean
}

/** The first rule that applies. */
export function ruleFor(refusal: Refusal): Found {
  const cause = causeOf(refusal)
  all ??= rules.split('\n\n').map((rule) => {
    const [kind, signs = '', summary = ''] = rule.split('\n')
    return { kind: kind as Diagnosis['kind'], signs: signs.split('|'), summary }
  })
  let shown = ''
  const number = all.findIndex(({ signs }) => {
    shown = signs.find((sign) => shows(refusal, cause, sign)) ?? ''
    return shown !== ''
  })
  // The last rule is for anything else.
  const { kind, summary } = all[number] as Rule
  return { kind, summary, number, isSaid: !/^\d/.test(shown) || shown.includes(' ') }
}

interface Rule extends Pick<Diagnosis, 'kind' | 'summary'> {
  signs: string[]
}

/** The rules, read when they are first needed. */
let all: Rule[] | undefined

/** Whether a refusal has this sign. */
function shows(refusal: Refusal, cause: string | undefined, sign: string): boolean {
  const { status = 0, message, code } = refusal
  switch (sign) {
    case 'anything else':
      return true
    case 'no response':
      return status === 0
    case 'browser':
      return status === 0 && BROWSERS.test(message)
    case 'clock behind':
      return cause === 'clock' && (says(refusal, 'xpired') || aheadIn(message) < 0)
    case 'clock ahead':
      return cause === 'clock' && (says(refusal, 'not yet current') || aheadIn(message) > 0)
    case 'clock':
    case 'token':
    case 'quota':
      return cause === sign
  }
  if (sign.startsWith('code ')) return code.includes(sign.slice(5))
  const [, first, last = first, text = ''] = /^(\d+)(?:-(\d+))?(?: (.*))?$/.exec(sign) ?? []
  if (first === undefined) return says(refusal, sign)
  return Number(first) <= status && status <= Number(last) && says(refusal, text)
}
