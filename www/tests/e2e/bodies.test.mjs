// Every kind of body arrives byte for byte, under its Content-Type and signed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { withPage } = await setup()

async function sent(tester, write) {
  await tester.credentials()
  await tester.request('POST', '/stage/echo')
  await tester.tab('Body').click()
  await write()
  assert.match(await tester.send(), /^200/)
  const arrived = await tester.arrived()
  assert.equal(arrived.verdict.ok, true)
  return arrived
}

const kind = (tester, name) => tester.page.getByRole('radio', { name, exact: true }).check()

test(
  'JSON',
  withPage(async (tester) => {
    const text = '{"title": "Ü", "n": 12345678901234567890}'
    const { body, header } = await sent(tester, async () => {
      await kind(tester, 'JSON')
      await tester.page.locator('.code-host .cm-content').waitFor()
      await tester.write('JSON body', text)
    })
    assert.equal(body.toString(), text)
    assert.equal(header('content-type'), 'application/json')
  }),
)

test(
  'text, with a type of its own',
  withPage(async (tester) => {
    const { body, header } = await sent(tester, async () => {
      await kind(tester, 'Text')
      await tester.field('Content-Type').fill('text/csv')
      await tester.page.locator('.code-host .cm-content').waitFor()
      await tester.write('Text body', 'a;b\n1;ü')
    })
    assert.equal(body.toString(), 'a;b\n1;ü')
    assert.equal(header('content-type'), 'text/csv')
  }),
)

test(
  'form, urlencoded and multipart',
  withPage(async (tester) => {
    const urlencoded = await sent(tester, async () => {
      await kind(tester, 'Form')
      await tester.row('field', 1, 'name', 'a b&c=ü')
    })
    assert.equal(urlencoded.header('content-type'), 'application/x-www-form-urlencoded')
    assert.deepEqual([...new URLSearchParams(urlencoded.body.toString())], [['name', 'a b&c=ü']])
    await tester.page.getByRole('combobox', { name: /^Encoding/ }).selectOption('multipart')
    assert.match(await tester.send(), /^200/)
    const { body, header, verdict } = await tester.arrived()
    assert.equal(verdict.ok, true)
    // Read by the platform, not by hand.
    const form = await new Response(body, { headers: { 'content-type': header('content-type') } }).formData()
    assert.deepEqual([...form], [['name', 'a b&c=ü']])
  }),
)

test(
  'file: bytes as they are',
  withPage(async (tester) => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, i) => i % 256))
    const { body, header } = await sent(tester, async () => {
      await kind(tester, 'File')
      await tester.page
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: bytes })
      await tester.page.getByText('a.png, 300 B').waitFor()
    })
    assert.deepEqual(body, bytes)
    assert.equal(header('content-type'), 'image/png')
  }),
)

test(
  'a body with GET is refused in words, before anything is sent',
  withPage(async (tester) => {
    await tester.request('GET', '/stage/echo')
    await tester.field('URL').press('Tab')
    await tester.tab('Body').click()
    await kind(tester, 'Text')
    await tester.write('Text body', 'x')
    await tester.button('Send').click()
    await tester.page.getByRole('alert').getByText('cannot send a body with GET').waitFor()
  }),
)

test(
  'Format changes white space only, and knows variables',
  withPage(async (tester) => {
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'JSON', exact: true }).check()
    for (const [text, expected] of [
      [
        '{"big": 12345678901234567890, "f": 1.0, "dup": 1, "dup": 2}',
        '{\n  "big": 12345678901234567890,\n  "f": 1.0,\n  "dup": 1,\n  "dup": 2\n}',
      ],
      ['{"n": {{num}}}', '{\n  "n": {{num}}\n}'],
    ]) {
      await tester.write('JSON body', text)
      await tester.button('Format').click()
      const shown = () => tester.field('JSON body').evaluate((field) => field.value ?? field.innerText)
      await tester.until(async () => (await shown()) === expected)
    }
    await tester.write('JSON body', '{"a": }')
    await tester.button('Format').click()
    await tester.page.getByText('This is not JSON: this is not a JSON value (line 1, column 7).').waitFor()
  }),
)

test(
  'a form of texts and files, each part with its type',
  withPage(async (tester) => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 128])
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('POST', '/stage/open/echo')
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'Form', exact: true }).check()
    await tester.page.getByLabel('Encoding').selectOption('multipart')
    await tester.row('field', 1, 'note', 'Größe "x"')
    await tester.row('field', 2, 'meta', '{"a": 1.0}')
    await tester.field('Type of field 2').fill('application/json')
    await tester.field('Name of field 3').fill('a "file"')
    await tester.field('Kind of field 3').selectOption('file')
    await tester
      .field('File of field 3')
      .setInputFiles({ name: 'bild 1.bin', mimeType: 'image/x-mine', buffer: bytes })
    await tester.page.getByText('bild 1.bin, 7 B').waitFor()
    assert.match(await tester.send(), /^200/)
    const { body, header } = await tester.arrived()
    // Node reads it as any server would.
    const form = await new Response(body, { headers: { 'content-type': header('content-type') } }).formData()
    assert.equal(form.get('note'), 'Größe "x"')
    assert.equal(await new Response(form.get('meta')).text(), '{"a": 1.0}')
    assert.match(body.toString('latin1'), /name="meta"\r\nContent-Type: application\/json\r\n/)
    const file = form.get('a "file"')
    assert.deepEqual([file.name, file.type], ['bild 1.bin', 'image/x-mine'])
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), bytes)
    // The bytes are not kept: nothing else goes out in their place.
    await tester.page.reload()
    await tester.button('Send').click()
    await tester.result.getByText('Choose the file of a "file" (bild 1.bin) again.').waitFor()
  }),
)

test(
  'GraphQL: a query and its variables, with all digits',
  withPage(async (tester) => {
    await tester.tab('Auth').click()
    await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
    await tester.request('GET', '/stage/open/echo')
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'GraphQL', exact: true }).check()
    await tester.write('GraphQL query', 'query Q($id: ID!) { movie(id: $id) { title } }')
    await tester.write('GraphQL variables', '{"id": 12345678901234567890}')
    assert.match(await tester.send(), /^200/)
    const { body, method, header } = await tester.arrived()
    assert.deepEqual([method, header('content-type')], ['POST', 'application/json'])
    assert.equal(
      body.toString(),
      '{"query":"query Q($id: ID!) { movie(id: $id) { title } }","variables":{"id": 12345678901234567890}}',
    )
    await tester.write('GraphQL variables', '{"id": }')
    await tester.button('Send').click()
    await tester.result.getByText('The variables of GraphQL are not JSON').waitFor()
  }),
)
