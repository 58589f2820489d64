// RFC 6570 templates: which parts of a URL are expressions, and which variables they name.

const NAME = String.raw`(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*`
const SPEC = String.raw`${NAME}(?:\*|:[1-9]\d{0,3})?`
/** `{{name}}` is none: it is an environment's variable. */
const EXPRESSION = new RegExp(String.raw`(?<!\{)\{([+#./;?&]?)(${SPEC}(?:,${SPEC})*)\}(?!\})`, 'g')

/** The names of the template's variables in the order of their first use. */
export function variablesOf(url: string): string[] {
  const names = new Set<string>()
  for (const [, , list = ''] of withoutFragment(url).matchAll(EXPRESSION)) {
    for (const spec of list.split(',')) names.add(spec.replace(/(?:\*|:\d+)$/, ''))
  }
  return [...names]
}

/** Braces that are no expression (JSON in a query, say) are meant as text: they are encoded. */
export function asTemplate(url: string): string {
  let out = ''
  let at = 0
  const plain = (text: string) => text.replaceAll('{', '%7B').replaceAll('}', '%7D')
  for (const found of url.matchAll(EXPRESSION)) {
    out += plain(url.slice(at, found.index)) + found[0]
    at = found.index + found[0].length
  }
  return out + plain(url.slice(at))
}

/** A fragment is never sent; `{#name}` is an expression, not the begin of one. */
export function withoutFragment(url: string): string {
  return url.replace(/(?<!\{)#.*$/s, '')
}

/** A value for a variable: `a, b` of an exploded list is several ones. */
export function variableValue(url: string, name: string, value: string): string | string[] {
  const exploded = [...url.matchAll(EXPRESSION)].some(([, , list = '']) =>
    list.split(',').includes(`${name}*`),
  )
  return exploded && value.includes(',') ? value.split(',').map((item) => item.trim()) : value
}
