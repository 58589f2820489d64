// Reads AWS's message about a call that policies do not allow: who, what, which policy, and where to look further.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import type { Diagnosis } from '../../pkg-template/index.d.ts'
import { redact } from './redact.ts'
import { after, before, trim } from './text.ts'

type Parts = Pick<Diagnosis, 'action' | 'resource' | 'policyType' | 'policy' | 'authorizationId' | 'url'>

/** `User: ARN is not authorized to perform: ACTION on resource: ARN …`, from its first word to its end. */
export function deniedSentence(message: string): string | undefined {
  const at = message.indexOf('User: ')
  const sentence = at < 0 ? '' : before(message.slice(at), /["<\\\r\n]/)
  return sentence.includes('is not authorized to perform') ? redact(sentence) : undefined
}

/** The parts of the sentence; those that it has. */
export function deniedParts(message: string): Parts {
  const word = (start: string) => {
    const end = before(after(message, start) ?? '', /[ \t\r\n"'<>,;\\]/)
    return trim(end, '.:()')
  }
  // `an identity-based policy`, `a VPC endpoint policy`, `no session policy`
  const because = after(message, 'explicit deny in a')?.replace(/^n/, '') ?? after(message, 'because no ')
  // A kind of policy is a few words.
  const policyType = because?.slice(0, 46).split(' policy') ?? []
  const url = word('Go to ')
  const parts = {
    action: word('not authorized to perform: '),
    resource: word('on resource: '),
    policyType: policyType.length > 1 ? trim(policyType[0] ?? '', ' ') : '',
    policy: word(' policy: '),
    authorizationId: word('authorization id: '),
    url: url.startsWith('https://') ? url : '',
  }
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== ''))
}

/**
 * That the caller is of another account than what is called: mostly a key of the wrong profile. AWS shows the last
 * four digits of the latter.
 */
export function otherAccount(message: string, resource = ''): string {
  const accountOf = (arn = '') => /^[*\d]*(\d{4})$/.exec(arn.split(':')[4] ?? '')?.[1]
  const caller = after(message, 'User: ')?.split(' ', 1)[0]
  const [ours, theirs] = [accountOf(caller), accountOf(resource)]
  if (!ours || !theirs || ours === theirs) return ''
  return `The caller's account ends in ${ours}, the account of the API in ${theirs}: use a key of that account, or allow this one in the resource policy too. `
}
