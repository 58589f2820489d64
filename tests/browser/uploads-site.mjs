// A page with gatesign, and an S3 server behind the same origin: over HTTP/1.1, or over HTTP/2 and TLS.

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { createServer, request as open } from 'node:http'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../../pkg/', import.meta.url))
const PAGE = `<!doctype html><title>uploads</title><link rel="icon" href="data:,">
<script>globalThis.loaded = Promise.all([import('/web.mjs'), import('/streams.mjs')])</script>`

/** @param {string} s3 the S3 server's URL */
function handlerOf(s3) {
  return (request, response) => {
    const [, script] = /^\/([\w-]+\.mjs)$/.exec(request.url) ?? []
    if (request.url === '/' || script) {
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
      return script ? createReadStream(join(PACKAGE, script)).pipe(response) : response.end(PAGE)
    }
    const headers = Object.entries(request.headers).filter(([name]) => !name.startsWith(':'))
    // The host that was signed.
    const host = request.headers[':authority'] ?? request.headers.host
    const sent = open(`${s3}${request.url}`, {
      ...{ method: request.method, headers: { ...Object.fromEntries(headers), host } },
    })
    sent.on('response', (answer) => {
      const { connection, 'transfer-encoding': _, 'keep-alive': __, ...others } = answer.headers
      response.writeHead(answer.statusCode, others)
      pipeline(answer, response, () => {})
    })
    // A browser that gives up ends the request to the server, too.
    pipeline(request, sent, (error) => error && response.destroy())
  }
}

async function started(server, scheme) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `${scheme}://127.0.0.1:${server.address().port}`, server }
}

export const startHttp1 = (s3) => started(createServer(handlerOf(s3)), 'http')

/** @param {string} folder for the certificate */
export function startHttp2(s3, folder) {
  const [key, cert] = ['key', 'cert'].map((name) => join(folder, `${name}.pem`))
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1'
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...make.split(' '), ...names], { stdio: 'pipe' })
  const options = { key: readFileSync(key), cert: readFileSync(cert) }
  return started(createSecureServer(options, handlerOf(s3)), 'https')
}
