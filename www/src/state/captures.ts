// Saves values of an answer in variables of the environment, for the next request. `gatesign run` reads the same `save`
// of a request.

import { valueAt } from '../model/answer-path'
import { charsetOf } from '../model/charset'
import { type Json, text } from '../model/json'
import type { Answer } from '../sign/send'
import { chooseEnvironment, environment, newEnvironment, saveEnvironment } from './environments'
import { notify } from './notice'

/** Runs after a success. If a value is missing, the page says so and the variable keeps its value. */
export function capture(answer: Answer, save: Json | undefined) {
  const captures = Object.entries(save ?? {}).filter(
    ([name, path]) => name.trim() !== '' && text(path) !== '',
  )
  if (captures.length === 0 || answer.status >= 400) return
  const type = answer.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const body = new TextDecoder(charsetOf(type, answer.bytes)).decode(answer.bytes)
  const missing: string[] = []
  for (const [name, path] of captures) {
    const found = valueAt(body, text(path))
    if (found === undefined) missing.push(`{{${name}}} was not set: the answer has no ${text(path)}.`)
    else setVariable(name.trim(), found)
  }
  if (missing.length > 0) notify(missing.join(' '))
}

export function setVariable(name: string, value: string) {
  const chosen = environment.value ?? newEnvironment('Values of answers')
  if (!environment.value) chooseEnvironment(chosen.id)
  const exists = chosen.variables.some((item) => item.name === name)
  const variables = exists
    ? chosen.variables.map((item) => (item.name === name ? { ...item, value } : item))
    : [...chosen.variables, { name, value, secret: false }]
  saveEnvironment({ ...chosen, variables })
}
