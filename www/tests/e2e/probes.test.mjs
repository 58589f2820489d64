// Why there is no answer: a name, a certificate, a port, CORS, the page's policy, a slow network and none at all each
// have one sentence of their own, as far as a browser tells them apart, and a button that does something about it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startServe } from '../../../tests/lib/served.mjs'
import { freePort } from '../../../tests/lib/server-process.mjs'
import { newPage } from '../lib/browser.mjs'
import { serve } from '../lib/serve.mjs'
import { DIST, setup, Tester } from '../lib/tester.mjs'

const listen = async (server) => {
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  after(() => {
    server.close()
    server.closeAllConnections?.()
  })
  return server.address().port
}

const folder = mkdtempSync(join(tmpdir(), 'gatesign-probe-'))
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
    ...subject,
  ],
  { stdio: 'ignore' },
)

const noCors = await listen(createHttpServer((_, response) => response.end('{}')))
const untrusted = await listen(
  createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('{}')),
)
const sockets = new Set()
after(() => {
  for (const socket of sockets) socket.destroy()
})
/** Takes connections and says nothing. */
const mute = await listen(createServer((socket) => void sockets.add(socket.on('error', () => {}))))
/** Breaks off what the page sends, and says nothing to what it asks then. */
const fading = await listen(
  createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    socket.on('data', (bytes) => bytes.includes(' /a ') && socket.resetAndDestroy())
  }),
)
const closed = await freePort()

const NAME = 'api.nowhere.invalid'
const hosts = [`127.0.0.1:${noCors}`, `127.0.0.1:${untrusted}`, `127.0.0.1:${closed}`, NAME]
const { browser, site, withPage } = await setup({ start: () => startServe(['--forward', hosts.join(',')]) })
const options = {
  provoked: [
    // The forwarder answers 502 to what it cannot reach.
    site.url,
    ...[...hosts, `127.0.0.1:${mute}`, `127.0.0.1:${fading}`].map((host) => `https://${host}`),
  ],
}
const said = (tester) => tester.page.getByRole('region', { name: 'Diagnosis' })
const FORWARD = 'Send through the local forwarder'

async function call(tester, url) {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.url.fill(url)
  await tester.button('Send').click()
}

/** What a browser does not tell, the forwarder does. */
const CASES = [
  {
    of: 'no CORS',
    url: `http://127.0.0.1:${noCors}/a`,
    says: /^127\.0\.0\.1:\d+ answers, but does not let this page read its answer \(CORS\)\.$/,
    button: 'See the preflight, and a setting that allows it',
    forwarded: undefined,
  },
  {
    of: 'a port that is closed',
    url: `http://127.0.0.1:${closed}/a`,
    says: /^Nothing answers at 127\.0\.0\.1:\d+: the name is not known here, the port is closed, or the certificate/,
    forwarded: /ECONNREFUSED|refused/,
  },
  {
    of: 'a name that nobody knows',
    url: `https://${NAME}/a`,
    says: /^Nothing answers at api\.nowhere\.invalid/,
    forwarded: /api\.nowhere\.invalid: (?:the name has no address here|.*EAI_AGAIN)/,
  },
  {
    of: 'a certificate that is not trusted',
    url: `https://127.0.0.1:${untrusted}/a`,
    says: /^Nothing answers at 127\.0\.0\.1:\d+/,
    forwarded: /certificate/,
  },
]

for (const { of, url, says, button, forwarded } of CASES) {
  test(
    `${of}: one sentence, and a button that does something about it`,
    withPage(async (tester) => {
      await call(tester, url)
      await said(tester).getByRole('heading', { name: says }).waitFor()
      if (button) {
        await said(tester).getByRole('button', { name: button }).waitFor()
        await said(tester).getByRole('button', { name: FORWARD }).press('Enter')
        await tester.status.getByText(/^200/).waitFor()
      } else {
        assert.doesNotMatch(await said(tester).innerText(), /CORS/)
        await said(tester).getByRole('button', { name: FORWARD }).press('Enter')
        await said(tester).getByRole('heading', { name: forwarded }).waitFor()
      }
    }, options),
  )
}

test(
  'a host that takes the connection and says nothing: the timeout, and a button that waits longer',
  withPage(async (tester) => {
    await tester.tab('Options').click()
    await tester.page.getByLabel('Timeout').fill('1')
    await call(tester, `http://127.0.0.1:${mute}/a`)
    await said(tester).getByRole('heading', { name: 'There was no answer within the timeout.' }).waitFor()
    await said(tester).getByRole('button', { name: 'Wait 60 s' }).press('Enter')
    await tester.button('Cancel').first().waitFor()
    await tester.tab('Options').click()
    assert.equal(await tester.page.getByLabel('Timeout').inputValue(), '60')
    await tester.page.keyboard.press('Escape')
  }, options),
)

test(
  'a connection that breaks off, to a host that is slow: it is told apart from one that does not answer',
  withPage(async (tester) => {
    await call(tester, `http://127.0.0.1:${fading}/a`)
    await said(tester)
      .getByRole('heading', { name: /^Nothing answers at 127\.0\.0\.1:\d+ within 4 seconds/ })
      .waitFor()
  }, options),
)

test('a policy that is stricter than the page’s own: the page says whose it is, and nothing of CORS', async () => {
  const strict = createHttpServer(async (request, response) => {
    const answer = await fetch(new URL(request.url, plain.url))
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? '',
      'content-security-policy': "connect-src 'self'",
    })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  const plain = await serve(DIST)
  const port = await listen(strict)
  const { context, page } = await newPage(browser, 'http://127.0.0.1', options)
  try {
    const tester = new Tester(page)
    await tester.open(`http://127.0.0.1:${port}/`)
    await call(tester, `http://127.0.0.1:${noCors}/a`)
    await said(tester)
      .getByRole('heading', { name: /^This page may not call 127\.0\.0\.1:\d+: its Content-Security-Policy/ })
      .waitFor()
    assert.doesNotMatch(await said(tester).innerText(), /CORS/)
  } finally {
    await context.close()
    plain.stop()
  }
})

test(
  'offline: that and nothing else, and a button that sends again',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    // What explains a failure is there with the first request.
    await call(tester, `http://127.0.0.1:${noCors}/a`)
    await said(tester).getByRole('heading').first().waitFor()
    await tester.page.context().setOffline(true)
    await call(tester, `https://${NAME}/a`)
    await said(tester).getByRole('heading', { name: 'This computer is offline.' }).waitFor()
    assert.doesNotMatch(await said(tester).innerText(), /CORS/)
    await tester.page.context().setOffline(false)
    await said(tester).getByRole('button', { name: 'Send again' }).press('Enter')
    await said(tester)
      .getByRole('heading', { name: /^Nothing answers at api\.nowhere\.invalid/ })
      .waitFor()
  }, options),
)
