// Schemas of GraphQL APIs by URL. They are requested with the request's own authorization, and kept until the page is
// closed.

import { signal } from '@preact/signals'
import { INTROSPECTION, readSchema, type Schema, SchemaProblem } from '../model/graphql'
import { CallProblem } from '../sign/call'
import { diagnose } from '../sign/diagnose'
import { ready } from '../sign/gatesign'
import { send } from '../sign/send'
import { credentials } from './credentials'
import { problem } from './problem'
import { effective } from './request'
import { callToSend } from './sending'
import { transport } from './transport'

export const schemas = signal<ReadonlyMap<string, Schema>>(new Map())

/** The URL of the request in the editor, as it is written. */
export const schemaKey = () => effective.value.url.trim()

/** @returns a message; empty if there is none, or if the request's own problem is shown */
export async function loadSchema(signal: AbortSignal): Promise<string> {
  const key = schemaKey()
  problem.value = undefined
  const sendable = await callToSend()
  if (!sendable || schemaKey() !== key) return ''
  const { call } = sendable
  const ownCredentials = credentials.value
  const body = new TextEncoder().encode(JSON.stringify({ query: INTROSPECTION }))
  const headers = call.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const introspection = {
    ...call,
    method: 'POST',
    headers: [...headers, ['content-type', 'application/json'] as [string, string]],
    body,
  }
  try {
    await ready
    const fetch = await transport()
    const { answer, failure, canceled } = await send(introspection, ownCredentials, {
      ...(fetch && { fetch }),
      signal,
      onAttempt: () => {},
      onHead: () => {},
      onBytes: () => {},
    })
    if (canceled) return ''
    if (!answer) return `No schema: ${diagnose(failure).summary}`
    const text = new TextDecoder().decode(answer.bytes)
    schemas.value = new Map(schemas.value).set(key, readSchema(parsed(text, answer)))
    return ''
  } catch (error) {
    if (error instanceof SchemaProblem) return error.message
    if (!(error instanceof CallProblem)) throw error
    problem.value = error
    return ''
  }
}

function parsed(text: string, { status, headers }: { status: number; headers: [string, string][] }): unknown {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    data = undefined
  }
  // Servers answer 400 with `errors` if they do not allow introspection.
  const isGraphQl = typeof data === 'object' && data !== null && ('errors' in data || 'data' in data)
  if (status >= 400 && !isGraphQl) {
    const { summary } = diagnose({ status, headers: Object.fromEntries(headers), body: text })
    throw new SchemaProblem(`The API answered ${status}: ${summary}`)
  }
  return data
}
