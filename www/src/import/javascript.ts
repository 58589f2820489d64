// Reads JavaScript as data: its constants, objects and calls, without running any of it.

import type { Node } from 'acorn'
import { parse } from 'acorn'
import { percentEncoded } from '../model/percent'
import { Budget } from './budget'
import { ImportProblem } from './imported'

/** A call in a text: `fetch(…)`, `api.newClient(…)`, `new HttpRequest(…)`. */
export interface Called {
  /** The last name of the called expression. */
  name: string
  /** The name of the object that it is called on. */
  on: string
  args: unknown[]
}

/** A value that is known only at run time. */
export class Unknown {
  constructor(readonly name: string) {}
}

type Any = Node & Record<string, unknown>

const MOST_DEPTH = 200

/** @throws {ImportProblem} */
export function callsOf(text: string): Called[] {
  let program: Any
  try {
    program = parse(text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
      allowImportExportEverywhere: true,
    }) as unknown as Any
  } catch (error) {
    throw new ImportProblem(`This looks like JavaScript, and is not valid: ${(error as Error).message}.`)
  }
  return new Reader().read(program)
}

/** Reads a text as an object, for credentials; undefined if it is not one. */
export function objectOf(text: string): unknown {
  try {
    const [call] = callsOf(`value(${text})`)
    return call?.args[0]
  } catch {
    return undefined
  }
}

class Reader {
  private readonly constants = new Map<string, unknown>()
  private readonly calls: Called[] = []
  private readonly budget = new Budget(200_000, 32_000_000)

  read(program: Any): Called[] {
    this.visit(program, 0)
    return this.calls
  }

  /** Every call in the order of the text, with the values known at that point. */
  private visit(node: Any, depth: number) {
    this.budget.spend(1)
    if (depth > MOST_DEPTH) throw new ImportProblem('This program is nested too deeply.')
    if (node.type === 'VariableDeclarator' || node.type === 'AssignmentExpression') this.remember(node)
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const callee = node.callee as Any
      const member = callee.type === 'MemberExpression'
      const args = (node.arguments as Any[]).map((item) => this.valueAt(item, 0))
      this.calls.push({
        name: member ? nameOf(callee.property as Any) : nameOf(callee),
        on: member ? nameOf(callee.object as Any) : '',
        args,
      })
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'type') continue
      for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) this.visit(item, depth + 1)
    }
  }

  private remember(node: Any) {
    const target = (node.id ?? node.left) as Any
    const value = (node.init ?? node.right) as Any | null
    if (!value) return
    if (target.type === 'Identifier') this.constants.set(nameOf(target), this.valueAt(value, 0))
    // `request.headers = {…}`, `headers['x-api-key'] = '…'`
    else if (target.type === 'MemberExpression') {
      const object = this.valueAt(target.object as Any, 0)
      const key = target.computed ? this.valueAt(target.property as Any, 0) : nameOf(target.property as Any)
      if (typeof object === 'object' && object !== null && typeof key === 'string')
        define(object, key, this.valueAt(value, 0))
    }
  }

  valueAt(node: Any, depth: number): unknown {
    const value = this.evaluate(node, depth)
    // Strings that are repeatedly concatenated with themselves would grow without limit.
    this.budget.spend(1, typeof value === 'string' ? value.length : 0)
    return value
  }

  private evaluate(node: Any, depth: number): unknown {
    if (depth > MOST_DEPTH) return new Unknown('value')
    const inner = (part: unknown) => this.valueAt(part as Any, depth + 1)
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'bigint' ? String(node.value) : node.value
      case 'TemplateLiteral': {
        const texts = node.quasis as { value: { cooked: string } }[]
        const values = (node.expressions as Any[]).map(inner)
        return texts
          .map(({ value }, i) => value.cooked + (i < values.length ? plain(values[i]) : ''))
          .join('')
      }
      case 'Identifier': {
        const name = nameOf(node)
        return this.constants.has(name)
          ? this.constants.get(name)
          : name === 'undefined'
            ? undefined
            : new Unknown(name)
      }
      case 'ArrayExpression':
        return (node.elements as (Any | null)[]).map((item) => (item ? inner(item) : null))
      case 'ObjectExpression':
        return this.object(node.properties as Any[], depth)
      case 'UnaryExpression': {
        const value = inner(node.argument)
        return node.operator === '-' && typeof value === 'number'
          ? -value
          : node.operator === '!'
            ? !value
            : value
      }
      case 'BinaryExpression': {
        const [left, right] = [inner(node.left), inner(node.right)]
        if (node.operator !== '+') return new Unknown('value')
        return typeof left === 'number' && typeof right === 'number'
          ? left + right
          : plain(left) + plain(right)
      }
      case 'LogicalExpression': {
        // `process.env.URL || 'https://…'`: uses the literal.
        const left = inner(node.left)
        return left instanceof Unknown || left === undefined || left === null || left === ''
          ? inner(node.right)
          : left
      }
      case 'AwaitExpression':
      case 'ChainExpression':
        return inner(node.argument ?? node.expression)
      case 'MemberExpression':
        return this.member(node, depth)
      case 'CallExpression':
      case 'NewExpression':
        return this.called(node, depth)
      default:
        return new Unknown('value')
    }
  }

  private object(properties: Any[], depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.valueAt(property.argument as Any, depth + 1)
        if (typeof spread === 'object' && spread !== null && !(spread instanceof Unknown))
          for (const [key, value] of Object.entries(spread)) define(object, key, value)
        continue
      }
      const key = property.key as Any
      const name = property.computed
        ? plain(this.valueAt(key, depth + 1))
        : key.type === 'Literal'
          ? String(key.value)
          : nameOf(key)
      define(object, name, this.valueAt(property.value as Any, depth + 1))
    }
    return object
  }

  private member(node: Any, depth: number): unknown {
    const key = node.computed ? this.valueAt(node.property as Any, depth + 1) : nameOf(node.property as Any)
    const object = this.valueAt(node.object as Any, depth + 1)
    const name = plain(key)
    if (object instanceof Unknown) return new Unknown(name)
    if (typeof object === 'object' && object !== null && Object.hasOwn(object, name))
      return (object as Record<string, unknown>)[name]
    if (object instanceof URL && /^(?:href|host|hostname|pathname|search|protocol|port|origin)$/.test(name))
      return object[name as 'href']
    return new Unknown(name)
  }

  /** The few functions that only convert a value to another form. */
  private called(node: Any, depth: number): unknown {
    const callee = node.callee as Any
    const name = callee.type === 'MemberExpression' ? nameOf(callee.property as Any) : nameOf(callee)
    const on = callee.type === 'MemberExpression' ? nameOf(callee.object as Any) : ''
    const args = (node.arguments as Any[]).map((item) => this.valueAt(item, depth + 1))
    const [first] = args
    if (on === 'JSON' && name === 'stringify') return JSON.stringify(shown(first), null, plainIndent(args[2]))
    if (name === 'encodeURIComponent')
      return percentEncoded(plain(first)).replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}')
    if (name === 'URL') return asUrl(plain(first), args[1])
    if (name === 'URLSearchParams') return asQuery(first)
    if (
      /^(?:Headers|HttpRequest|Request|String|Map|URLSearchParams)$/.test(name) ||
      (on === 'Buffer' && name === 'from')
    )
      return first
    if (on === 'Object' && name === 'fromEntries' && Array.isArray(first))
      return Object.fromEntries(first as [string, unknown][])
    if (name === 'toString' && callee.type === 'MemberExpression')
      return plain(this.valueAt(callee.object as Any, depth + 1))
    return new Unknown(name || 'value')
  }
}

const isNode = (value: unknown): value is Any =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

const nameOf = (node: Any): string =>
  node.type === 'Identifier'
    ? String(node.name)
    : node.type === 'MemberExpression'
      ? nameOf(node.property as Any)
      : ''

function define(into: object, name: string, value: unknown) {
  Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true })
}

const plainIndent = (value: unknown) => (typeof value === 'number' ? Math.min(value, 8) : undefined)

/** The value as a part of a string. */
export function plain(value: unknown): string {
  if (value instanceof Unknown) return `{{${value.name}}}`
  if (value instanceof URL) return value.href
  if (typeof value === 'object' && value !== null) return JSON.stringify(shown(value))
  return value === undefined || value === null ? '' : String(value)
}

/** With names in place of unknown values; limited to the size of one body. */
export function shown(value: unknown): unknown {
  const budget = new Budget(100_000, 10_000_000)
  const copy = (value: unknown, depth: number): unknown => {
    budget.spend(1, typeof value === 'string' ? value.length : 0)
    if (depth > MOST_DEPTH) throw new ImportProblem('A value of this program is nested too deeply.')
    if (value instanceof Unknown) return `{{${value.name}}}`
    if (value instanceof URL) return value.href
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item, depth + 1)]))
  }
  return copy(value, 0)
}

function asUrl(text: string, base: unknown): unknown {
  try {
    return new URL(text, base === undefined ? undefined : plain(base))
  } catch {
    return text
  }
}

function asQuery(value: unknown): string {
  if (typeof value === 'string') return value.replace(/^\?/, '')
  const pairs = Array.isArray(value)
    ? (value as [unknown, unknown][])
    : Object.entries((value ?? {}) as object)
  const encode = (item: unknown) =>
    percentEncoded(plain(item)).replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}')
  return pairs.map(([name, item]) => `${encode(name)}=${encode(item)}`).join('&')
}
