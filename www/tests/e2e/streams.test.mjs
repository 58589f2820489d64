// Answers that come piece by piece, and answers in other characters and forms.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { withPage } = await setup()

const shared = { 'access-control-allow-origin': '*' }
const ANSWERS = {
  '/latin1': ['text/plain; charset=iso-8859-1', Buffer.from('Größe', 'latin1'), 'Größe'],
  '/utf16': ['text/plain; charset=utf-16le', Buffer.from('Größe 🎬', 'utf16le'), 'Größe 🎬'],
  '/sjis': ['text/plain; charset=Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
  '/svg': [
    'image/svg+xml',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  ],
}
/** What is written next, by the test. */
let stream
const server = createServer((request, response) => {
  const answer = ANSWERS[request.url]
  if (answer) return void response.writeHead(200, { ...shared, 'content-type': answer[0] }).end(answer[1])
  if (request.url === '/ndjson') {
    response.writeHead(200, { ...shared, 'content-type': 'application/x-ndjson' })
    return void response.end('{"title":"Gravity","id":12345678901234567890}\n{"title":"Her"}\n')
  }
  const type = request.url === '/events' ? 'text/event-stream' : 'text/plain'
  response.writeHead(200, { ...shared, 'content-type': type })
  response.flushHeaders()
  stream = response
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}`
after(() => {
  server.close()
  server.closeAllConnections()
})

async function ask(tester, path) {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.url.fill(url + path)
  stream = undefined
  await tester.button('Send').click()
}
const log = (tester) => tester.page.getByRole('log', { name: 'The answer as it comes' })

test(
  'events show as they come, with the time to the first byte; Esc keeps what came',
  withPage(
    async (tester) => {
      await ask(tester, '/events')
      await tester.until(() => stream)
      stream.write('event: add\nid: 1\ndata: {"n": 1}\n\n')
      await log(tester).getByText('{"n": 1}').waitFor()
      await tester.result.getByText(/first byte after/).waitFor()
      // It still runs.
      await tester.button('Cancel').first().waitFor()
      stream.write('data: second\ndata: line\n\ndata: not en')
      await log(tester).getByText('second\nline').waitFor()
      await tester.page.keyboard.press('Escape')
      await tester.result.getByText('Canceled before the end of the answer: this is what arrived.').waitFor()
      assert.match(await tester.status.innerText(), /^200/)
      await tester.result.getByText('second\nline').waitFor()
      assert.match(await tester.shown(), /data: not en$/)
    },
    { provoked: [url] },
  ),
)

test(
  'a text shows as it comes, and a lost connection keeps what came',
  withPage(
    async (tester) => {
      await ask(tester, '/text')
      await tester.until(() => stream)
      stream.write('one\n')
      await log(tester).getByText('one').waitFor()
      stream.write('two\n')
      await log(tester).getByText('two').waitFor()
      stream.destroy()
      await tester.result.getByText('The connection ended before the end of the answer').waitFor()
      assert.equal((await tester.shown()).replace(/\d\n|\s/g, '').replace(/[^a-z]/g, ''), 'onetwo')
    },
    { provoked: [url] },
  ),
)

for (const [path, [, , expected]] of Object.entries(ANSWERS)) {
  test(
    `${path} is read in its own characters`,
    withPage(async (tester) => {
      await ask(tester, path)
      await tester.status.waitFor()
      assert.ok((await tester.shown()).includes(expected))
    }),
  )
}

test(
  'NDJSON is a list: as JSON with all digits, and as a table',
  withPage(async (tester) => {
    await ask(tester, '/ndjson')
    await tester.status.waitFor()
    await tester.result.getByText('12345678901234567890').waitFor()
    await tester.result.getByLabel('Table').check()
    await tester.result.getByRole('region', { name: 'Table' }).getByText('Her').waitFor()
  }),
)
