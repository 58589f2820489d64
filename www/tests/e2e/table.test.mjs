// The table of an answer: nested columns, sorting, filtering, CSV and the chart; XML in lines.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { checkAccess } from '../lib/access.mjs'
import { serveAnswers } from '../lib/answers.mjs'
import { setup } from '../lib/tester.mjs'

const MOVIES = [
  { year: 2013, title: 'Gravity', info: { rating: 7.7, genres: ['Drama'] } },
  { year: 1999, title: 'The Matrix', info: { rating: 8.7, genres: ['Action'] } },
  { year: 1941, title: 'Citizen Kane', info: { rating: 8.3 }, id: 0 },
]
const WITH_DIGITS = JSON.stringify({ Items: MOVIES }).replace('"id":0', '"id":12345678901234567890')

const { withPage } = await setup()
const answers = await serveAnswers({
  '/movies': { type: 'application/json', body: WITH_DIGITS },
  '/many': {
    type: 'application/json',
    body: JSON.stringify(Array.from({ length: 5000 }, (_, n) => ({ n, wave: Math.sin(n / 200) }))),
  },
  '/xml': {
    type: 'application/xml',
    body: '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>a &lt; b</Message></Error>',
  },
  '/not-xml': { type: 'application/xml', body: '<a><b></a>' },
})
after(() => answers.stop())

async function get(tester, path) {
  await tester.tab('Auth').click()
  await tester.page.getByRole('radio', { name: 'None', exact: true }).check()
  await tester.url.fill(answers.url + path)
  await tester.button('Send').click()
  await tester.status.waitFor()
}

const table = (tester) => tester.result.getByRole('region', { name: 'Table' })
const rows = async (tester) => {
  const all = await table(tester).locator('.virtual-all .grid-row').all()
  return Promise.all(all.map(async (row) => (await row.locator('span').allInnerTexts()).slice(1)))
}
const titles = async (tester) => (await rows(tester)).map(([, title]) => title).join(', ')
const comesTo = (tester, wanted) => tester.until(async () => (await titles(tester)) === wanted)

test(
  'what is nested has columns; sorted by keyboard, filtered, and downloaded as it is shown',
  withPage(async (tester) => {
    await get(tester, '/movies')
    await tester.result.getByRole('radio', { name: 'Table' }).check()
    await comesTo(tester, 'Gravity, The Matrix, Citizen Kane')
    assert.deepEqual((await rows(tester))[1], ['1999', 'The Matrix', '8.7', '["Action"]', ''])
    assert.deepEqual((await rows(tester))[2], ['1941', 'Citizen Kane', '8.3', '', '12345678901234567890'])
    await tester.button('Sort by info.rating').press('Enter')
    await comesTo(tester, 'Gravity, Citizen Kane, The Matrix')
    await tester.button('Sort by info.rating, sorted upwards').press('Enter')
    await comesTo(tester, 'The Matrix, Citizen Kane, Gravity')
    await tester.field('Filter the rows').fill('ma')
    await comesTo(tester, 'The Matrix, Gravity')
    await tester.result.getByText('2 objects').waitFor()
    const [file] = await Promise.all([tester.page.waitForEvent('download'), tester.button('CSV').click()])
    assert.equal(file.suggestedFilename(), 'Items.csv')
    assert.equal(
      await readFile(await file.path(), 'utf8'),
      'year,title,info.rating,info.genres,id\r\n1999,The Matrix,8.7,"[""Action""]",\r\n2013,Gravity,7.7,"[""Drama""]",\r\n',
    )
    await tester.field('Filter the rows').fill('')
    await tester.button('Sort by info.rating, sorted downwards').press('Enter')
    await comesTo(tester, 'Gravity, The Matrix, Citizen Kane')
  }),
)

test(
  'numbers as a chart: bars of few rows, lines of many',
  withPage(async (tester) => {
    await get(tester, '/movies')
    await tester.result.getByRole('radio', { name: 'Table' }).check()
    await tester.button('Chart').click()
    const chart = tester.result.getByRole('img', { name: /^Chart:/ })
    await chart.waitFor()
    await tester.field('id').waitFor({ state: 'detached' })
    await tester.result.getByText('info.rating: 7.7 to 8.7, mean 8.23333').waitFor()
    assert.equal(await chart.locator('rect').count(), 3)
    assert.match(await chart.locator('rect').first().innerHTML(), /Gravity: info\.rating 7\.7/)
    await tester.result.getByRole('checkbox', { name: 'year' }).press('Space')
    await tester.until(async () => (await chart.locator('rect').count()) === 6)
    await get(tester, '/many')
    await tester.result.getByText(/^wave: -.* each point is the mean of 9 rows/).waitFor()
    assert.equal(await chart.locator('path').count(), 1)
  }),
)

test(
  'XML in lines; what is none is shown as it came',
  withPage(async (tester) => {
    await get(tester, '/xml')
    const text = tester.result.getByRole('region', { name: 'Text' })
    await text.getByText('<Code>AccessDenied</Code>', { exact: true }).waitFor()
    assert.match(
      await text.innerText(),
      /<Error>\s+<Code>AccessDenied<\/Code>\s+<Message>a &lt; b<\/Message>\s+<\/Error>/,
    )
    await get(tester, '/not-xml')
    await tester.result.getByText('This is not well-formed XML: <b> is ended by </a>.').waitFor()
    await text.getByText('<a><b></a>').waitFor()
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `axe-core finds nothing in table and chart at 360 px: ${colorScheme}`,
    withPage(
      async (tester) => {
        await get(tester, '/movies')
        await tester.result.getByRole('radio', { name: 'Table' }).check()
        await tester.button('Chart').click()
        await tester.result.getByRole('img', { name: /^Chart:/ }).waitFor()
        await checkAccess(tester, 'chart')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}
