// Detects the kind of a text by its start, quickly and without loading a reader.

/** How much of a text is needed to detect its kind. */
const BEGIN = 20_000

export type TextKind = 'data' | 'curl' | 'code' | 'bru' | 'http' | 'aws' | 'url'

/** The kind of a text that is neither JSON nor YAML; otherwise `data`. */
export function kindOf(text: string): TextKind {
  if (/^[[{<]/.test(text)) return 'data'
  const begin = text.slice(0, BEGIN)
  if (/^https?:\/\/\S+$/.test(begin) && !/[\s]/.test(text)) return 'url'
  if (isBru(begin)) return 'bru'
  if (isYaml(begin)) return 'data'
  if (isHttp(begin)) return 'http'
  if (looksLikeCurl(begin)) return 'curl'
  if (/^(?:[$%>]\s+)?(?:[A-Za-z_]\w*=\S*\s+)*aws\s+[a-z]/.test(begin)) return 'aws'
  if (isCode(begin)) return 'code'
  return 'data'
}

/** A text that starts with `name: value` is YAML, whatever else it contains, for example in a description. */
function isYaml(text: string): boolean {
  const first =
    text.split(/\r?\n/, 200).find((line) => line.trim() !== '' && !/^\s*(?:#|---|%YAML)/.test(line)) ?? ''
  return /^["']?[A-Za-z_][\w.-]*["']?:(?:\s|$)/.test(first)
}

/** A curl command, with any text before it. */
export const looksLikeCurl = (text: string) =>
  !/^\s*[[{<]/.test(text) &&
  /(?:^|[\s;&|("'/\\])(?:aws)?curl(?:\.exe)?["']?[\s^`]/i.test(text.slice(0, BEGIN))

const isBru = (text: string) =>
  /^(?:meta|get|post|put|patch|delete|head|options|vars(?::secret)?|headers|http)[ \t]*[{[][ \t]*(?:\r?\n|$)/.test(
    text,
  )

/** A method and a URL in the first line that is not a comment, variable or title. */
function isHttp(text: string): boolean {
  for (const line of text.split(/\r?\n/, 200)) {
    const plain = line.trim()
    if (plain.startsWith('###')) return true
    if (plain === '' || plain.startsWith('#') || plain.startsWith('//')) continue
    if (/^@[\w.-]+[ \t]*=/.test(plain)) continue
    return /^[A-Z][A-Z-]{1,20}[ \t]+(?:https?:|wss?:|\{\{|\/)\S*/.test(plain)
  }
  return false
}

const isCode = (text: string) =>
  /(?:^|[\s;=(!])(?:await\s+)?(?:fetch|axios|[\w.]+\.newClient|newClient|createSigner|require)\s*\(/.test(
    text,
  ) || /^(?:import\s*[{*"']|import\s[\w$]{1,80}(?:,|\sfrom\s)|(?:const|let|var)\s)/m.test(text)

/** Describes a known kind of text that cannot be read here; empty if the kind is unknown. */
export function foreignText(text: string): string {
  const begin = text.slice(0, BEGIN)
  for (const [form, name] of TEXTS) if (form.test(begin)) return name
  return ''
}

const CURL = 'copy it as curl and import that'

const TEXTS: readonly [RegExp, string][] = [
  [/^(?:\$\s+)?(?:https?|xh|httpie)\s+(?:-\S+\s+)*(?:[A-Z]+\s+)?\S/, `a command of HTTPie: ${CURL}`],
  [/^(?:\$\s+)?wget\s/, `a command of wget: ${CURL}`],
  [
    /\bInvoke-(?:WebRequest|RestMethod)\b|^iwr\s|^irm\s/i,
    `a command of PowerShell: in the browser, choose “Copy as cURL” or “Copy as fetch”`,
  ],
  [/^(?:import|from)\s(?:requests|boto3|botocore|httpx|urllib)\b/m, `Python: ${CURL}`],
  [/^<\?php/, `PHP: ${CURL}`],
  [/^<!doctype html|^<html/i, 'a page of HTML: import what is behind it, such as its OpenAPI document'],
  [/^<.*<jmeterTestPlan/s, 'a plan of JMeter'],
  [/^<.*(?:wsdl|definitions)/is, 'WSDL, which describes SOAP'],
  [/^<.*soapui/is, 'a project of SoapUI'],
  [/^</, 'XML'],
  [/^#%RAML/, 'RAML: convert it to OpenAPI and import that'],
  [
    /^(?:export |set |\$env:)?aws_(?:access_key_id|secret_access_key) ?=|^\[(?:default|profile )/im,
    'a block of credentials: paste it under Auth, “Paste a block”',
  ],
  [
    /^(?:query|mutation|subscription|fragment|type Query|schema)\s[\w({]/,
    'GraphQL: paste it under Body of a request to the endpoint',
  ],
]
