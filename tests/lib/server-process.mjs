// Starts a server as a process of its own and waits for the line that tells its address; and a port for one that
// cannot choose it itself.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * @param {string} name for errors
 * @param {string} command
 * @param {string[]} args
 * @param {{ address: RegExp, from: 'stdout' | 'stderr', errors?: 'pipe' | 'inherit', env?: Record<string, string> }} options
 *   `address` has the URL in its first group; `errors` are what it writes to stderr: kept until it listens, or shown
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startServer(name, command, args, { address, from, errors = 'pipe', env = {} }) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', errors],
    env: { ...process.env, ...env },
  })
  const said = []
  const url = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name} cannot be started: ${error.message}`)))
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}:\n${said.join('\n')}`)))
    for (const stream of errors === 'pipe' ? ['stdout', 'stderr'] : ['stdout']) {
      createInterface(child[stream]).on('line', (line) => {
        if (said.push(line) > 50) said.shift()
        const found = stream === from && address.exec(line)
        if (found) resolve(found[1])
      })
    }
  })
  child.removeAllListeners('exit')
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    url,
    async stop() {
      child.kill()
      await ended
    },
  }
}

// Below what Linux, macOS and Windows give to connections and to port 0: until the program listens, nobody is
// given the port by chance.
const [FIRST, COUNT] = [20_000, 10_000]

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    const probe = createServer()
    try {
      const listening = once(probe, 'listening')
      probe.listen(port, '127.0.0.1')
      await listening
      await once(probe.close(), 'close')
      return port
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error
    }
  }
}
