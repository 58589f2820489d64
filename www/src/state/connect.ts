// Connects the WebSocket of the request in the editor: its handshake is signed in the query.

import { withoutEchoes } from '../model/secrets'
import { CallProblem } from '../sign/call'
import { ready } from '../sign/gatesign'
import { explainWire, wireOf } from '../sign/wire'
import { credentials } from './credentials'
import { problem } from './problem'
import { opening } from './request'
import { secretValues } from './secrets'
import { callToSend } from './sending'
import { handshake, type Message, messages, socketState, socketUrl } from './socket'

/** With more than this, the oldest are dropped. */
const MOST = 2_000

let socket: WebSocket | undefined

export async function toggleSocket() {
  if (socket) {
    socket.close(1000)
    return
  }
  const sendable = await callToSend()
  if (!sendable || socket) return
  const current = sendable.call
  problem.value = undefined
  try {
    await ready
    const wire = await wireOf(current, credentials.value)
    const explained = explainWire(wire, current, credentials.value)
    handshake.value = { opening: opening.value, wire, explained }
    connect(wire.url)
  } catch (error) {
    problem.value = error instanceof CallProblem ? error : new CallProblem('url', (error as Error).message)
  }
}

function connect(url: string) {
  const connection = new WebSocket(url)
  connection.binaryType = 'arraybuffer'
  socket = connection
  socketState.value = 'connecting'
  let opened = false
  socketUrl.value = url.split('?', 1)[0] ?? ''
  log('note', `Connecting to ${socketUrl.value}`)
  connection.onopen = () => {
    opened = true
    socketState.value = 'open'
    log('note', 'Connected.')
  }
  connection.onmessage = ({ data }) => {
    const text = typeof data === 'string' ? data : hex(new Uint8Array(data))
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength
    log('received', withoutEchoes(text, secretValues()), bytes)
  }
  connection.onclose = ({ code, reason }) => {
    socket = undefined
    socketState.value = 'closed'
    if (opened)
      log(
        code === 1000 ? 'note' : 'bad',
        `Closed with code ${code}${CODES[code] ?? ''}${reason ? `: ${reason}` : '.'}`,
      )
    else log('bad', REFUSED)
  }
}

const REFUSED =
  'The handshake failed. A page cannot read why: the credentials, region or stage may be wrong, the policy may not allow execute-api:Invoke on $connect, or nothing listens there. Open the same URL with https in curl to see the gateway’s answer, and paste it into “Explain an error”.'

const CODES: Record<number, string> = {
  1001: ' (the gateway ended it: 10 minutes without a message, or 2 hours in all)',
  1003: ' (the gateway takes no binary messages)',
  1006: ' (the connection was lost)',
  1008: ' (against the gateway’s rules, such as too many messages)',
  1009: ' (the message is larger than 128 KB)',
}

export function sendMessage(text: string) {
  socket?.send(text)
  log('sent', text, new TextEncoder().encode(text).length)
}

export function clearMessages() {
  messages.value = []
}

function log(kind: Message['kind'], text: string, bytes = 0) {
  messages.value = [...messages.value.slice(1 - MOST), { at: Date.now(), kind, text, bytes }]
}

const hex = (bytes: Uint8Array) =>
  Array.from(bytes.slice(0, 512), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
