import { quoted } from '../model/shell'
import type { Plain } from './plain'

/** For sh, bash and zsh. */
export function curl({ call, method, url, headers, body }: Plain): string {
  const parts: string[] = []
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET' && !(method === 'POST' && body !== undefined)) parts.push(`--request ${method}`)
  if (call.signing !== 'none') {
    parts.push(
      `--aws-sigv4 ${quoted(`aws:amz:${call.region}:${call.service}`)}`,
      '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
      // One word for the shell, and none without a token.
      '${AWS_SESSION_TOKEN:+"-Hx-amz-security-token: $AWS_SESSION_TOKEN"}',
    )
  }
  if (call.withApiKey) parts.push('--header "x-api-key: $API_KEY"')
  for (const [name, value] of headers)
    parts.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  if (body === null) parts.push('--data-binary @body.bin')
  else if (body !== undefined) parts.push(`--data-raw ${quoted(body)}`)
  if (/[[\]{}]/.test(url)) parts.push('--globoff')
  if (call.timeout > 0) parts.push(`--max-time ${call.timeout / 1000}`)
  parts.push(quoted(url))
  return `${notes(call.signing, url)}curl ${parts.join(' \\\n  ')}\n`
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
