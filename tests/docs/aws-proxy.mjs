// A proxy that leads AWS hosts to the local gateway: it answers CONNECT, speaks TLS with a certificate of its own for
// the name that was asked for, and passes the bytes on. So a command runs as it is printed, TLS included.

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'

const NAMES = 'DNS:*.execute-api.us-east-1.amazonaws.com'

/**
 * @param {string} gateway its URL
 * @param {string} folder for the certificate
 */
export async function startAwsProxy(gateway, folder) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name))
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=proxy'
  const files = ['-addext', `subjectAltName=${NAMES}`, '-keyout', key, '-out', cert]
  execFileSync('openssl', [...make.split(' '), ...files], { stdio: 'pipe' })
  const secureContext = createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) })
  const { hostname, port } = new URL(gateway)
  const proxy = createServer().on('connect', ({ url }, socket) => {
    if (!url.endsWith('.amazonaws.com:443')) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const secure = new TLSSocket(socket, { isServer: true, secureContext })
    const to = connect(Number(port), hostname)
    secure.on('error', () => to.destroy())
    to.on('error', () => secure.destroy())
    secure.pipe(to).pipe(secure)
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.address().port}`, AWS_CA_BUNDLE: cert },
    stop() {
      proxy.closeAllConnections()
      proxy.close()
    },
  }
}
