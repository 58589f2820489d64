// Sends the request in the editor, and keeps the result.

import { NO_CREDENTIALS } from '../model/credentials'
import { titleOf } from '../model/request'
import { withoutEchoes } from '../model/secrets'
import { type Call, CallProblem, unsigned } from '../sign/call'
import { diagnose } from '../sign/diagnose'
import { ready } from '../sign/gatesign'
import { type Attempt, type Outcome, send } from '../sign/send'
import { explainWire, wireOf } from '../sign/wire'
import { capture } from './captures'
import { credentials } from './credentials'
import { remember } from './history'
import { notify } from './notice'
import { problem } from './problem'
import { effective, opening } from './request'
import { answers, attempts, controller, type Ended, received, runningFor, streamed } from './running'
import { secretValues } from './secrets'
import { callToSend } from './sending'
import { streamOf } from './stream'
import { transport } from './transport'

/** @param openingId the opening of the request: while this script is loaded, another request may be opened */
export async function run(openingId: number) {
  if (controller.value) return
  const isOther = () => opening.value !== openingId
  const sendable = isOther() ? undefined : await callToSend()
  if (isOther()) return notify('Nothing was sent: another request was opened too soon.')
  // While the page asked the user, another request may have started.
  if (!sendable || controller.value) return
  const { call: current, named } = sendable
  const request = effective.value
  const running = new AbortController()
  runningFor.value = openingId
  controller.value = running
  problem.value = undefined
  attempts.value = 0
  received.value = 0
  try {
    await ready
    const identity = credentials.value
    const forwarded = await transport()
    const outcome = await send(current, identity, {
      ...(forwarded && { fetch: forwarded }),
      signal: running.signal,
      onAttempt: () => {
        attempts.value++
        received.value = 0
        streamed.value = undefined
      },
      onHead: (head) => {
        streamed.value = streamOf(head)
      },
      onBytes: (piece) => {
        received.value += piece.length
        streamed.value?.add(piece)
      },
    })
    const end = { opening: openingId, ...endOf(current, outcome, outcome.attempts.at(-1)) }
    answers.value = new Map(answers.value).set(openingId, end)
    const { answer } = outcome
    if (answer && !answer.partial) capture(answer, request.save)
    if (!outcome.canceled) {
      const size = answer?.bytes.length ?? 0
      if (openingId !== opening.value)
        notify(`${titleOf(request)}: ${answer ? `answered with ${answer.status}` : 'no answer'}.`)
      const summary = { status: answer?.status ?? 0, took: Math.round(outcome.total), size }
      // The history shows the called URL, and not a saved name.
      await remember({ ...request, name: '' }, summary, await calledUrl(named))
    }
  } catch (error) {
    problem.value = error instanceof CallProblem ? error : new CallProblem('url', (error as Error).message)
  } finally {
    controller.value = undefined
    streamed.value = undefined
  }
}

/** The URL with variables filled in, except secret ones, and without the signature. */
async function calledUrl(call: Call | CallProblem): Promise<string | undefined> {
  if (call instanceof CallProblem) return undefined
  return (await wireOf(unsigned({ ...call, body: null }), NO_CREDENTIALS)).url
}

function endOf(call: Call, outcome: Outcome, last: Attempt | undefined): Omit<Ended, 'opening'> {
  const { answer, failure } = outcome
  const explained = last && explainWire(last.wire, call, credentials.value)
  if (!answer) {
    const diagnosis = failure && diagnose(failure, explained)
    return { call, outcome, explained, diagnosis, bytes: new Uint8Array(), redacted: false }
  }
  if (answer.status < 400) {
    return { call, outcome, explained, diagnosis: undefined, bytes: answer.bytes, redacted: false }
  }
  const body = new TextDecoder().decode(answer.bytes)
  const headers = Object.fromEntries(answer.headers)
  const diagnosis = diagnose({ status: answer.status, headers, body }, explained)
  const safe = withoutEchoes(body, secretValues())
  const redacted = safe !== body
  return {
    call,
    outcome,
    explained,
    diagnosis,
    bytes: redacted ? new TextEncoder().encode(safe) : answer.bytes,
    redacted,
  }
}
