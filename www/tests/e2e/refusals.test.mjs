// What a gateway refuses is diagnosed; secrets it echoes are redacted; nothing of a session is kept.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()

const kindOf = (tester) => tester.page.getByRole('region', { name: 'Diagnosis' }).locator('.kind').innerText()

test(
  'a wrong secret: both canonical requests are the same',
  withPage(async (tester) => {
    await tester.credentials({ ...LONG_LIVED, secretKey: 'wrong/secret/key/of/that/id' })
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^403/)
    assert.equal(await kindOf(tester), 'SignatureDoesNotMatch')
    await tester.page.getByText('Both sides have the same canonical request.').waitFor()
  }),
)

test(
  'an unknown route',
  withPage(async (tester) => {
    await tester.credentials()
    // The preflight of an unknown route is refused too: only a signature in the query gets an answer.
    await tester.page.getByRole('radio', { name: /^Query/ }).check()
    await tester.request('GET', '/stage/nothing_here')
    assert.match(await tester.send(), /^403/)
    assert.equal(await kindOf(tester), 'MissingAuthenticationToken')
  }),
)

test(
  'no CORS on refusals: the page says so and leads to the setting',
  withPage(async (tester) => {
    await gateway.configure({ corsOnErrors: false })
    await tester.credentials({ ...LONG_LIVED, secretKey: 'wrong/secret/key/of/that/id' })
    await tester.request('GET', '/stage/movie_list')
    assert.equal(await tester.send(), 'No answer')
    await tester.button('See the preflight, and a setting that allows it').click()
    await tester.page.getByText('Access-Control-Request-Headers: authorization,x-amz-date').waitFor()
  }),
)

/** All that is in the browser's storages after the page was left, the address and the page itself. */
const everythingKept = (page) =>
  page.evaluate(async () => {
    // As when the page is left.
    dispatchEvent(new Event('pagehide'))
    const parts = [location.href, document.documentElement.outerHTML]
    for (const input of document.querySelectorAll('input, textarea')) parts.push(input.value)
    parts.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }))
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const request = db.transaction(store).objectStore(store).getAll()
          request.onsuccess = () => resolve(request.result)
        })
        parts.push(`${store}: ${JSON.stringify(all)}`)
      }
    }
    return parts.join('\n')
  })

test(
  'the token that the gateway echoes is redacted; nothing secret is in any storage',
  withPage(async (tester) => {
    const token = 'canaryTOKEN/with+signs=='
    const secret = 'canarySECRET/key+of+the+session'
    await gateway.identity({ accessKeyId: 'ASIACANARY', secretAccessKey: `${secret}x`, sessionToken: token })
    await tester.credentials({ accessKey: 'ASIACANARY', secretKey: secret, sessionToken: token })
    await tester.request('GET', '/stage/movie_list')
    assert.match(await tester.send(), /^403/)
    await tester.page
      .getByText('The gateway repeated a credential in its answer: it is redacted below.')
      .waitFor()
    await tester.tab('History').click()
    await tester.page
      .getByRole('button', { name: /movie_list/ })
      .first()
      .waitFor()
    await tester.tab('Headers').first().click()
    // Where things are kept, where tabs are a little later, and what is left for a reload: the search looks there.
    const written = [/history: .*movie_list/, /kept: .*movie_list/, /"draft":".*movie_list/]
    let kept = ''
    await tester.until(async () => {
      kept = await everythingKept(tester.page)
      return written.every((found) => found.test(kept))
    })
    assert.doesNotMatch(kept, /canary(?:TOKEN|SECRET)/)
    // The secret in the wrong field is in the request that is shown, and nowhere else.
    await tester.tab('Params').click()
    await tester.row('parameter', 1, 'key', secret)
    assert.match(await tester.send(), /^403/)
    await tester.until(async () => /kept: [^\n]*"key"/.test(await everythingKept(tester.page)))
    await tester.button('New request').click()
    await tester.button('Dismiss').click()
    assert.doesNotMatch(await everythingKept(tester.page), /canary(?:TOKEN|SECRET)/)
  }),
)
