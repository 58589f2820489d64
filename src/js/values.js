// Reads the values that callers pass, and refuses those that have no text, naming the argument.

/**
 * What an error may say of a value: its type, never its text.
 *
 * @param {unknown} value
 */
export function typeName(value) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : typeof value
}

/** The name of a value's class, of whatever realm it is: a frame and `node:vm` have classes of their own. */
export const tagOf = (/** @type {unknown} */ value) => Object.prototype.toString.call(value).slice(8, -1)

/** Whether a value is an ArrayBuffer, or a shared one. */
export const isBuffer = (/** @type {unknown} */ value) => /^(Shared)?ArrayBuffer$/.test(tagOf(value))

/** @returns {any} */
export function checkedRequest(/** @type {unknown} */ request) {
  if (typeof request === 'object' && request !== null) return request
  throw new TypeError(`request must be an object; got ${typeName(request)}`)
}

/** A text that may have come from anywhere, as one that can cross into the module; empty if it is none. */
export const textOf = (/** @type {unknown} */ value) =>
  typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : ''

/**
 * An option that is a text; `undefined` and `null` are the default.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {string} byDefault
 * @returns {string}
 */
export function textOption(name, value, byDefault = '') {
  if (value === undefined || value === null) return byDefault
  if (typeof value === 'string') return value
  throw new TypeError(`${name} must be a string; got ${typeName(value)}`)
}

/**
 * An option that is a number, or the text of one.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {number}
 */
export function numberOption(name, value) {
  if (value === undefined || value === null || value === '' || value === false) return 0
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  if (Number.isNaN(number)) {
    const got = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeName(value)
    throw new TypeError(`${name} must be a number; got ${typeof value === 'number' ? 'NaN' : got}`)
  }
  return number
}

/**
 * The life of a presigned URL.
 *
 * @param {unknown} value
 * @returns {number} seconds
 */
export function secondsOption(value) {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 604800) return value
  const got = typeof value === 'number' ? value : typeName(value)
  throw new TypeError(`expiresIn must be a whole number of seconds from 1 to 604800; got ${got}`)
}

/**
 * The text of a scalar, as it goes into a URL or header.
 *
 * @param {string} argument
 * @param {unknown} value
 * @param {string} [key] which entry of the argument it is
 * @returns {string}
 */
export function scalar(argument, value, key) {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
      if (value instanceof String || value instanceof Number || value instanceof Boolean) return String(value)
  }
  const what = key === undefined ? argument : `${argument}[${JSON.stringify(key.slice(0, 60))}]`
  throw new TypeError(`${what} must be a string, number or boolean; got ${typeName(value)}`)
}

/**
 * Names and values of an object, a Map, Headers, URLSearchParams, FormData without files or a list
 * of pairs.
 *
 * @param {string} argument
 * @param {unknown} given
 * @returns {[string, unknown][]}
 */
export function entriesOf(argument, given) {
  if (given === undefined || given === null || given === '' || given === false || given === 0) return []
  if (typeof given !== 'object') {
    throw new TypeError(`${argument} must be an object; got ${typeName(given)}`)
  }
  const iterable = /** @type {Iterable<unknown>} */ (given)
  if (typeof iterable[Symbol.iterator] !== 'function') return Object.entries(given)
  return Array.from(iterable, (pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`${argument} must be an object or a list of [name, value] pairs`)
    }
    return [scalar(argument, pair[0]), pair[1]]
  })
}

/**
 * Header names and texts; values that are not there are left out.
 *
 * @param {string} argument
 * @param {unknown} given
 * @returns {string[]} name, value, name, value, …
 */
export function headerFields(argument, given) {
  const fields = []
  for (const [name, value] of entriesOf(argument, given)) {
    if (value === undefined || value === null) continue
    // No object could hold it, so it would be signed and not sent.
    if (name === '__proto__') throw new TypeError(`${argument} must not have one named __proto__`)
    const text = Array.isArray(value)
      ? value.map((item) => scalar(argument, item, name)).join(', ')
      : scalar(argument, value, name)
    fields.push(name, text)
  }
  return fields
}

/**
 * Joins the values of a name that is given more than once, as fetch does.
 *
 * @param {string[]} fields name, value, name, value, …
 * @returns {string[]} with each name once, in lower case
 */
export function joinedFields(fields) {
  /** @type {Map<string, string>} */
  const joined = new Map()
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i].toLowerCase()
    const before = joined.get(name)
    joined.set(name, before === undefined ? fields[i + 1] : `${before}, ${fields[i + 1]}`)
  }
  return [...joined].flat()
}

/**
 * Names and texts of a query; values that are not there are left out.
 *
 * @param {unknown} given
 * @param {boolean} repeat whether an array gives one parameter for each of its items
 * @returns {string[]} name, value, name, value, …
 */
export function queryFields(given, repeat) {
  const fields = []
  const entries =
    typeof given === 'string' ? [...new URLSearchParams(given)] : entriesOf('queryParams', given)
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue
    const text = (/** @type {unknown} */ item) => scalar('queryParams', item, name)
    if (!Array.isArray(value)) {
      fields.push(name, text(value))
    } else if (repeat) {
      for (const item of value) if (item !== undefined && item !== null) fields.push(name, text(item))
    } else {
      fields.push(
        name,
        value.map((item) => (item === undefined || item === null ? '' : text(item))).join(','),
      )
    }
  }
  return fields
}

/**
 * The variables of a template as url-template reads them: scalars, lists and objects of scalars.
 *
 * @param {string[]} names
 * @param {unknown} params
 * @returns {string[]} a count, then name, kind and value of each
 */
export function variableFields(names, params) {
  const fields = ['0']
  let count = 0
  const source = /** @type {Record<string, unknown>} */ (Object(params ?? {}))
  const text = (/** @type {unknown} */ value) => (typeof value === 'symbol' ? '' : String(value))
  for (const name of new Set(names)) {
    const value = source[name]
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) {
      const items = value.filter((item) => item !== undefined && item !== null)
      fields.push(name, 'l', String(items.length), ...items.map(text))
    } else if (typeof value === 'object' && !(value instanceof Date || value instanceof String)) {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null)
      fields.push(name, 'm', String(entries.length), ...entries.flatMap(([key, item]) => [key, text(item)]))
    } else if (typeof value === 'function' || typeof value === 'symbol') {
      fields.push(name, 'm', '0')
    } else {
      fields.push(name, 't', scalar('pathParams', value, name))
    }
    count += 1
  }
  fields[0] = String(count)
  return fields
}
