// How an answer is shown: table, JSON with folding and search, text, image, bytes, and as a download.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { serveAnswers } from '../lib/answers.mjs'
import { setup } from '../lib/tester.mjs'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const BYTES = Uint8Array.from({ length: 600 }, (_, i) => i % 256)
const ROW = { name: 'a name of some length', list: [1, 2, 3], nested: { yes: true, no: null } }
const BIG = JSON.stringify({
  Items: Array.from({ length: 125_000 }, (_, id) => ({ id, ...ROW })),
  last: 'the needle',
})

const { gateway, withPage } = await setup()
const answers = await serveAnswers({
  '/image': { type: 'image/png', body: PNG },
  '/bytes': {
    type: 'application/octet-stream',
    body: BYTES,
    headers: { 'content-disposition': 'attachment; filename="all bytes.bin"' },
  },
  '/text': { type: 'text/plain; charset=utf-8', body: 'one\nzwei äöü\ndrei' },
  '/empty': { type: 'text/plain', body: '' },
  '/broken': { type: 'application/json', body: '{"a": 1,,}' },
  '/big': { type: 'application/json', body: BIG },
})
after(() => answers.stop())

async function get(tester, url) {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.url.fill(url)
  await tester.button('Send').click()
  await tester.status.waitFor()
  assert.match(await tester.status.innerText(), /^200/)
}

const view = (tester, name) => tester.result.getByRole('radio', { name }).check()
const region = (tester, name) => tester.result.getByRole('region', { name })

test(
  'a table of objects; DynamoDB values as plain ones on demand',
  withPage(async (tester) => {
    await get(tester, `${gateway.url}/stage/open/movie_list?format=dynamodb`)
    await view(tester, 'Table')
    const table = region(tester, 'Table')
    await table.getByText('title', { exact: true }).waitFor()
    await table.getByText('{"S":"Gravity"}').waitFor()
    await tester.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await tester.button('Copy the answer').click()
    await tester.page.getByText('Copied.').waitFor()
    const copied = JSON.parse(await tester.page.evaluate(() => navigator.clipboard.readText()))
    assert.equal(copied.Items.length, 21)
    await tester.field('DynamoDB values as plain ones').check()
    await table.getByText('Gravity', { exact: true }).waitFor()
    await tester.send()
    await table.getByText('Gravity', { exact: true }).waitFor()
    // An answer without a list is still read.
    await tester.url.fill(`${gateway.url}/stage/open/echo/alone`)
    await tester.send()
    await tester.result.getByText('There is no list of objects in this answer.').waitFor()
    await region(tester, 'JSON').getByText('/stage/open/echo/alone').first().waitFor()
    await tester.until(async () => (await table.getByText('{"S"').count()) === 0)
  }),
)

test(
  'JSON folds, unfolds and is searched; what is folded away is found',
  withPage(async (tester) => {
    await get(tester, `${gateway.url}/stage/open/movie_list`)
    const json = region(tester, 'JSON')
    await json.getByText('"Items"').waitFor()
    await tester.button('Fold all').click()
    await json
      .getByText(/… \d+ lines/)
      .first()
      .waitFor()
    await tester.until(async () => (await json.getByText('"title"').count()) === 0)
    await tester.page.getByLabel('Search the answer').fill('Gravity')
    await json.locator('.hit').getByText('Gravity').first().waitFor()
    await tester.result.getByText(/^1 of \d+$/).waitFor()
    await tester.page.getByLabel('Search the answer').fill('nothing like it')
    await tester.result.getByText('none', { exact: true }).waitFor()
    await tester.page.getByLabel('Search the answer').fill('')
    await tester.button('Unfold all').click()
    await json.getByText('"title"').first().waitFor()
  }),
)

test(
  'text, JSON that is none, and nothing',
  withPage(async (tester) => {
    await get(tester, `${answers.url}/text`)
    assert.match(await tester.shown(), /zwei äöü/)
    await get(tester, `${answers.url}/broken`)
    await view(tester, 'Pretty')
    await tester.result.locator('p.note').waitFor()
    await region(tester, 'Text').getByText('{"a": 1,,}').waitFor()
    await get(tester, `${answers.url}/empty`)
    await tester.result.getByText('The answer has no body.').waitFor()
  }),
)

test(
  'an image, and bytes; the download is the answer byte for byte',
  withPage(async (tester) => {
    await get(tester, `${answers.url}/image`)
    await tester.result.getByText(/1 × 1, image\/png/).waitFor()
    await get(tester, `${answers.url}/bytes`)
    const bytes = region(tester, 'Bytes')
    await bytes.getByText('00000010').waitFor()
    await bytes.getByText('10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f').first().waitFor()
    const [file] = await Promise.all([
      tester.page.waitForEvent('download'),
      tester.button('Download the answer').click(),
    ])
    assert.match(file.suggestedFilename(), /^all[ _]bytes\.bin$/)
    assert.deepEqual(new Uint8Array(await readFile(await file.path())), BYTES)
  }),
)

test(
  'lines are wrapped to what fits, and not',
  withPage(async (tester) => {
    await get(tester, `${gateway.url}/stage/open/movie_list`)
    const json = region(tester, 'JSON')
    await json.getByText('"plot"').first().waitFor()
    const overflows = () => json.evaluate((box) => box.scrollWidth > box.clientWidth)
    await tester.until(overflows)
    await tester.field('Wrap lines').press('Space')
    await tester.until(async () => !(await overflows()))
    const plot = json.locator('.json-line', { hasText: '"plot"' }).first()
    const next = plot.locator('xpath=following-sibling::*[1]')
    await next.locator('.j-more').waitFor({ state: 'attached' })
    await tester.field('Wrap lines').uncheck()
    await tester.until(overflows)
  }),
)

test(
  '10 MB of JSON are shown, searched, folded and a table',
  withPage(async (tester) => {
    assert.ok(BIG.length > 10_000_000)
    await get(tester, `${answers.url}/big`)
    const json = region(tester, 'JSON')
    await json.getByText('"Items"').waitFor()
    await tester.page.getByLabel('Search the answer').fill('the needle')
    await json.locator('.hit').getByText('the needle').waitFor()
    await tester.button('Fold all').click()
    await json
      .getByText(/… \d+ lines/)
      .first()
      .waitFor()
    await view(tester, 'Table')
    await region(tester, 'Table').getByText('a name of some length').first().waitFor()
  }),
)
