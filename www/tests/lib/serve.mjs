// Serves a built page as a static host would: files only, from any path.
//
//   node tests/lib/serve.mjs dist

import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'

/**
 * @param {string} folder
 * @param {{ under?: string, config?: object, compressed?: boolean }} [options] `under` is the path of the
 *   page, with a slash at both ends; `config` takes the place of config.json; `compressed` sends the
 *   `.br` files that lie next to the others
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function serve(folder, { under = '/', config, compressed = false } = {}) {
  const files = sirv(folder, { dev: !compressed, etag: true, brotli: compressed })
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    if (!path.startsWith(under)) return void response.writeHead(404).end()
    if (config && path === `${under}config.json`) {
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(config))
    }
    request.url = request.url?.slice(under.length - 1)
    files(request, response, () => void response.writeHead(404).end())
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}${under}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(resolve(process.argv[2] ?? 'dist'))
  console.log(url)
}
