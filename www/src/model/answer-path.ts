// Finds a value of a JSON answer by its path, as written in the answer: numbers keep their digits.

import { JsonLines } from './json-lines'

/** `$.items[0]['a b'].id`, with or without the `$`; undefined if it is not a path. */
export function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = []
  const rest = path.trim().replace(/^\$/, '')
  const step = /\.?([^.[\]'"\s]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/y
  while (step.lastIndex < rest.length) {
    const found = step.exec(rest)
    if (!found) return undefined
    const [, name, index, single, double] = found
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index))
  }
  return steps
}

/** @returns its text, a string without its quotes; undefined if there is none */
export function valueAt(text: string, path: string): string | undefined {
  const steps = stepsOf(path)
  if (!steps) return undefined
  let lines: JsonLines
  try {
    lines = new JsonLines(text)
  } catch {
    return undefined
  }
  let at = 0
  for (const step of steps) {
    const next = childOf(lines, at, step)
    if (next === undefined) return undefined
    at = next
  }
  const value = lines.value(at)
  if (value.startsWith('"')) return JSON.parse(value)
  return lines.isOpen(at) ? text.slice(lines.from(at), lines.to(lines.partner(at))) : value
}

function childOf(lines: JsonLines, parent: number, step: string | number): number | undefined {
  if (!lines.isOpen(parent)) return undefined
  const isList = lines.value(parent) === '['
  let found: number | undefined
  let index = 0
  for (let at = parent + 1; at < lines.partner(parent); index++) {
    if (isList ? String(index) === String(step) : JSON.parse(lines.key(at)) === String(step)) {
      found = at
      // Of equal names the last one counts, as in `JSON.parse`.
      if (isList) break
    }
    at = lines.isOpen(at) ? lines.partner(at) + 1 : at + 1
  }
  return found
}

/** The path to a line, in the form of `valueAt`; undefined if it contains a name that a path cannot express. */
export function pathOf(lines: JsonLines, line: number): string | undefined {
  let path = ''
  for (let at = line; lines.depth(at) > 0; ) {
    let parent = at - 1
    while (lines.depth(parent) >= lines.depth(at)) parent--
    let step: string | undefined
    if (lines.value(parent) === '[') {
      let index = 0
      for (let item = parent + 1; item < at; index++)
        item = lines.isOpen(item) ? lines.partner(item) + 1 : item + 1
      step = `[${index}]`
    } else step = nameStep(JSON.parse(lines.key(at)))
    if (step === undefined) return undefined
    path = step + path
    at = parent
  }
  return `$${path}`
}

function nameStep(name: string): string | undefined {
  if (/^[^.[\]'"\s]+$/.test(name)) return `.${name}`
  if (!name.includes("'")) return `['${name}']`
  return name.includes('"') ? undefined : `["${name}"]`
}
