// A WebSocket whose events are awaited one after the other.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('websocket-child.mjs', import.meta.url))

/** @param {string} url */
export function openWebSocket(url) {
  const execArgv = typeof WebSocket === 'function' ? [] : ['--experimental-websocket']
  const child = fork(CHILD, { execArgv: [...execArgv, '--no-warnings'] })
  const arrived = []
  const waiting = []
  child.on('message', (event) => {
    const waiter = waiting.shift()
    if (waiter) waiter(event)
    else arrived.push(event)
  })
  child.send({ open: url })
  return {
    /** @returns {Promise<{ event: string, data?: string, code?: number }>} the next event */
    next: async () => arrived.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    send: (text) => child.send({ send: text }),
    close: () => child.send({ close: true }),
    end: () => void child.kill(),
  }
}
