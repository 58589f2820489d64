// What the page says of CORS is what the browser does.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const preflights = async () => (await gateway.requests()).filter(({ method }) => method === 'OPTIONS')
const headerOf = ({ headers }, name) => headers.find(([known]) => known.toLowerCase() === name)?.[1]

test(
  'the preflight that the panel shows is the one that arrives, and a signature in the query needs none',
  withPage(async (tester) => {
    await tester.credentials()
    await tester.request('GET', '/stage/movie_list')
    await tester.tab('CORS').click()
    const asked = await tester.result.locator('pre').first().innerText()
    await tester.tab('Response').click()
    assert.match(await tester.send(), /^200/)
    const [preflight] = await preflights()
    for (const name of ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers']) {
      assert.ok(
        asked.includes(`${name}: ${headerOf(preflight, name.toLowerCase())}`),
        `${name} in:\n${asked}\nbut the browser sent ${JSON.stringify(preflight.headers)}`,
      )
    }
    await tester.tab('CORS').click()
    await tester.page.getByText('A setting that allows it').waitFor()
    await tester.button('Sign in the query instead').click()
    await tester.page.getByRole('heading', { name: 'No preflight' }).waitFor()
    await gateway.control('DELETE', 'requests')
    await tester.tab('Response').click()
    assert.match(await tester.send(), /^200/)
    assert.deepEqual(await preflights(), [])
  }),
)
