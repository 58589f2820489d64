import { percentEncoded } from '../model/percent'
import { inShell, shellWord } from '../model/quote'
import { type Plain, signsForRegions } from './plain'

/** For sh, bash and zsh. curl cannot sign for several regions; `gatesign call` can, and takes curl's options. */
export function curl({ call, method, url, headers, secretHeaders, secretQuery, body }: Plain): string {
  const parts: string[] = []
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET' && !(method === 'POST' && body !== undefined))
    parts.push(`--request ${shellWord(method)}`)
  if (signsForRegions(call)) {
    parts.push(`--region-set ${inShell(call.regionSet)}`, `--service ${inShell(call.service)}`)
  } else if (call.signing !== 'none') {
    parts.push(
      `--aws-sigv4 ${inShell(`aws:amz:${call.region}:${call.service}`)}`,
      '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
      // A single word for the shell; no word if there is no token.
      '${AWS_SESSION_TOKEN:+"-Hx-amz-security-token: $AWS_SESSION_TOKEN"}',
    )
  }
  for (const { name, env, form } of secretHeaders) {
    if (form === 'basic') parts.push(`--user "$${env}"`)
    else if (/^[\w-]+$/.test(name))
      parts.push(`--header "${name}: ${form === 'bearer' ? 'Bearer ' : ''}$${env}"`)
    else parts.push(`--header ${inShell(`${name}: `)}"$${env}"`)
  }
  for (const [name, value] of headers)
    parts.push(`--header ${inShell(value === '' ? `${name};` : `${name}: ${value}`)}`)
  if (body === null) parts.push('--data-binary @body.bin')
  else if (body !== undefined) parts.push(`--data-raw ${inShell(body)}`)
  if (/[[\]{}]/.test(url)) parts.push('--globoff')
  if (call.timeout > 0) parts.push(`--max-time ${call.timeout / 1000}`)
  const query = secretQuery.map(({ name, env }) => `${inShell(`&${percentEncoded(name)}=`)}"$${env}"`)
  // A query starts with a question mark; the first parameter may be the secret one.
  const begun = new URL(url).search === '' ? query.join('').replace(/^'&/, "'?") : query.join('')
  parts.push(`${inShell(url)}${begun}`)
  return `${signsForRegions(call) ? 'npx gatesign call' : `${notes(call.signing, url)}curl`} ${parts.join(' \\\n  ')}\n`
}

function notes(signing: string, url: string): string {
  const { pathname, search } = new URL(url)
  const lines: string[] = []
  if (signing === 'query') lines.push('# curl signs in the headers.')
  const names = search.slice(1).split('&')
  const sorted = [...names].sort().join('&') === names.join('&')
  if (signing !== 'none' && (pathname.includes('%') || !sorted)) {
    lines.push('# Older versions of curl sign an encoded path or an unsorted query in another way.')
  }
  return lines.map((line) => `${line}\n`).join('')
}
