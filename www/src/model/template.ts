// RFC 6570 templates: which parts of a URL are expressions, and which variables they name.

/** RFC 6570 has no `-` and `$` in names; `{user-id}` is a field anyway, and is encoded for the package. */
const CHARACTER = '(?:[A-Za-z0-9_$~@-]|%[0-9A-Fa-f]{2})'
const NAME = String.raw`${CHARACTER}(?:\.?${CHARACTER})*`
const SPEC = String.raw`${NAME}(?:\*|:[1-9]\d{0,3})?`
/** `{{name}}` is not an expression, but an environment's variable. */
export const EXPRESSION = new RegExp(String.raw`(?<!\{)\{([+#./;?&]?)(${SPEC}(?:,${SPEC})*)\}(?!\})`, 'g')

/** The names of the template's variables in the order of their first use. */
export function variablesOf(url: string): string[] {
  const names = new Set<string>()
  for (const [, , list = ''] of withoutFragment(url).matchAll(EXPRESSION)) {
    for (const spec of list.split(',')) names.add(spec.replace(/(?:\*|:\d+)$/, ''))
  }
  return [...names]
}

/** Braces that are not an expression (for example JSON in a query) are text, and are encoded. */
export function asTemplate(url: string): string {
  let out = ''
  let at = 0
  const plain = (text: string) => text.replaceAll('{', '%7B').replaceAll('}', '%7D')
  for (const found of url.matchAll(EXPRESSION)) {
    out += plain(url.slice(at, found.index)) + encodedNames(found[0])
    at = found.index + found[0].length
  }
  return out + plain(url.slice(at))
}

const encodedNames = (expression: string) =>
  expression.replace(/[$~@-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** The name for the user: decodes what `asTemplate` has encoded. */
export const nameIn = (name: string, variables: Readonly<Record<string, string>>) =>
  Object.hasOwn(variables, name)
    ? name
    : name.replace(/%(?:24|7E|40|2D)/g, (code) => decodeURIComponent(code))

/** A fragment is never sent; `{#name}` is an expression and does not start a fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/(?<!\{)#.*$/s, '')
}

/** The value of a variable: `a, b` for an exploded list is several values. */
export function variableValue(url: string, name: string, value: string): string | string[] {
  const exploded = [...url.matchAll(EXPRESSION)].some(([, , list = '']) =>
    list.split(',').includes(`${name}*`),
  )
  return exploded && value.includes(',') ? value.split(',').map((item) => item.trim()) : value
}
