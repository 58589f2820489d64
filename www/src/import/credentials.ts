// Blocks of credentials as people copy them: shell exports, PowerShell, cmd, the credentials file,
// JSON of the AWS CLI, the console's CSV. Several profiles give several sets.

export interface Found {
  /** The profile's name; empty if there is none. */
  profile: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** ms since the epoch; 0 if it does not say. */
  expiresAt: number
}

type Field = 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'expiresAt'

const NAMES: Record<string, Field> = {
  accesskeyid: 'accessKeyId',
  accesskey: 'accessKeyId',
  secretaccesskey: 'secretAccessKey',
  secretkey: 'secretAccessKey',
  sessiontoken: 'sessionToken',
  securitytoken: 'sessionToken',
  token: 'sessionToken',
  expiration: 'expiresAt',
  credentialexpiration: 'expiresAt',
  xsecuritytokenexpires: 'expiresAt',
}

/** Everything that looks like credentials, in its order; nothing if there is none. */
export function findCredentials(text: string): Found[] {
  const trimmed = text.trim()
  // `[default]` of a credentials file begins like a JSON array.
  const found = (/^[[{]/.test(trimmed) ? fromJson(trimmed) : undefined) ?? fromLines(trimmed)
  return found.filter(({ accessKeyId, secretAccessKey }) => accessKeyId !== '' || secretAccessKey !== '')
}

const nothing = (profile: string): Found => ({
  profile,
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  expiresAt: 0,
})

function put(into: Found, name: string, value: string) {
  const field =
    NAMES[
      name
        .toLowerCase()
        .replace(/^aws/, '')
        .replace(/[^a-z]/g, '')
    ]
  if (field === 'expiresAt') into.expiresAt = timeOf(value.trim())
  else if (field) into[field] = value.replace(/\s+/g, '')
}

/** ISO 8601, or seconds or ms since the epoch. */
function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) < 1e11 ? Number(text) * 1000 : Number(text)
  return Date.parse(text) || 0
}

function fromJson(text: string): Found[] | undefined {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return undefined
  }
  const found: Found[] = []
  const visit = (value: unknown, name: string, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 4) return
    const set = nothing(['Credentials', 'roleCredentials', 'AccessKey', ''].includes(name) ? '' : name)
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'string' || typeof item === 'number') put(set, key, String(item))
      else visit(item, key, depth + 1)
    }
    if (set.accessKeyId !== '' && set.secretAccessKey !== '') found.push(set)
  }
  visit(data, '', 0)
  return found
}

/** `export A=b`, `A=b`, `set -x A b`, `set A=b`, `setx A b`, `$Env:A = "b"`, `a = b` below `[profile]`. */
const ASSIGNMENT =
  /(?:^|[;&\s])(?:\$env:|export\s+|set\s+-\w+\s+|setx\s+|set\s+)?["']?(aws_\w+|x_security_token_expires)["']?(?:\s*[=:]\s*|\s+)("[^"]*"|'[^']*'|[^\s;&#]+)/gi

function fromLines(text: string): Found[] {
  const csv = fromCsv(text)
  if (csv) return [csv]
  const found: Found[] = []
  let current = nothing('')
  for (const line of joined(text)) {
    const section = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(line)?.[1]
    if (section) {
      found.push(current)
      current = nothing(section)
      continue
    }
    for (const [, name = '', value = ''] of line.matchAll(ASSIGNMENT))
      put(current, name, value.replace(/^["']|["']$/g, ''))
  }
  return [...found, current]
}

/** A value that a terminal or a mail has wrapped goes on in the next lines. */
function joined(text: string): string[] {
  const lines: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const wrapped =
      /^\s*[A-Za-z0-9+/=]{16,}["']?;?\s*$/.test(line) &&
      /=\s*["']?[A-Za-z0-9+/=]+$/.test(lines.at(-1)?.trimEnd() ?? '')
    if (wrapped) lines[lines.length - 1] = `${lines.at(-1)?.trimEnd()}${line.trim()}`
    else lines.push(line)
  }
  return lines
}

/** The console's download: `Access key ID,Secret access key`. */
function fromCsv(text: string): Found | undefined {
  const [head = '', values = ''] = text.split(/\r?\n/)
  if (!/access key id\s*,\s*secret access key/i.test(head)) return undefined
  const set = nothing('')
  const cells = values.split(',')
  for (const [i, name] of head.split(',').entries()) put(set, name.replace(/[^\w ]/g, ''), cells[i] ?? '')
  return set
}
