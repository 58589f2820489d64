// A static server on a port, and so an origin, of its own. A page sends its result to /__result.

import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** ms until a page must have reported. */
const PATIENCE = 180_000

/**
 * @param {object} options
 * @param {string} options.folder what is served at /
 * @param {{ [prefix: string]: string }} [options.also] other folders and files, by the start of their path
 * @param {string} [options.policy] the Content-Security-Policy of every answer
 * @param {string} [options.html] the Content-Type of pages
 */
export async function startSite({ folder, also = {}, policy, html = TYPES['.html'] }) {
  const results = resultBox()
  /** The `.wasm` files that were asked for. */
  const modules = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    if (policy) response.setHeader('content-security-policy', policy)
    if (pathname === '/__result') return results.receive(request, response)
    const file = fileOf(pathname, folder, also)
    if (!file) return response.writeHead(404).end()
    if (extname(file) === '.wasm') modules.push(file)
    const type = extname(file) === '.html' ? html : TYPES[extname(file)]
    response.setHeader('content-type', type ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    modules,
    result: () => results.wait(),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function fileOf(pathname, folder, also) {
  const path = normalize(decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname))
  const prefix = Object.keys(also).find((start) => path.startsWith(start))
  const file = prefix ? join(also[prefix], path.slice(prefix.length)).replace(/\/$/, '') : join(folder, path)
  return existsSync(file) && statSync(file).isFile() ? file : undefined
}

/** Where the page's result arrives. */
function resultBox() {
  let settle
  const arrived = new Promise((resolve) => {
    settle = resolve
  })
  return {
    receive(request, response) {
      let text = ''
      request.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      request.on('end', () => {
        response.writeHead(204, { 'access-control-allow-origin': '*' }).end()
        if (request.method === 'POST') settle(JSON.parse(text))
      })
    },
    wait() {
      let timer
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`the page reported nothing in ${PATIENCE} ms`)), PATIENCE)
      })
      return Promise.race([arrived, late]).finally(() => clearTimeout(timer))
    },
  }
}
