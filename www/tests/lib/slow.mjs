// A slow machine and a slow network, to find tests and code that race. With SLOW=6 in the environment a page's
// processor is six times as slow, and what is not of the first load, scripts of workers too, comes late; SLOW=1 is
// only late.

import { Server } from 'node:http'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstFiles } from '../../scripts/size.mjs'

/** 0: as fast as the machine is. */
export const SLOW = Number(process.env.SLOW ?? 0)

/** ms that a part comes late. */
const LATE = 700

/** @param {import('playwright-core').BrowserContext} context */
export function slowDown(context) {
  if (SLOW <= 1) return
  context.on('page', async (page) => {
    try {
      const session = await context.newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
    } catch (error) {
      if (!page.isClosed()) throw error
    }
  })
}

// In the servers of this process and in those of its children, such as `gatesign serve`: a route of Playwright would
// also answer the browser's preflights.
if (SLOW > 0) {
  process.env.NODE_OPTIONS ??= `--import=${import.meta.url}`
  const first = new Set(
    firstFiles(fileURLToPath(new URL('../../dist', import.meta.url))).map((name) => basename(name)),
  )
  const emit = Server.prototype.emit
  Server.prototype.emit = function (event, request, ...rest) {
    const path = event === 'request' ? request.url.split('?')[0] : ''
    if (!path.includes('/assets/') || first.has(basename(path)))
      return emit.call(this, event, request, ...rest)
    setTimeout(() => emit.call(this, event, request, ...rest), LATE)
    return true
  }
}
