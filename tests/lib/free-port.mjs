// A port for a program that cannot choose one itself.

import { once } from 'node:events'
import { createServer } from 'node:net'

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
