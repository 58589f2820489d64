// axe-core on screens with something in them: they hold most of what a person meets.

import { test } from 'node:test'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const { withPage } = await setup()

for (const colorScheme of ['light', 'dark']) {
  test(
    `answers, a diagnosis, the history, credentials: ${colorScheme}`,
    withPage(
      async (tester) => {
        await tester.credentials({ ...LONG_LIVED, sessionToken: '' })
        await checkAccess(tester, 'credentials')
        await tester.request('GET', '/stage/movie_list')
        await tester.send()
        for (const [view, region] of [
          ['Pretty', 'JSON'],
          ['Table', 'Table'],
          ['Raw', 'Text'],
          ['Bytes', 'Bytes'],
        ]) {
          await tester.result.getByRole('radio', { name: view }).check()
          await tester.result.getByRole('region', { name: region }).waitFor()
          await checkAccess(tester, view)
        }
        await tester.result.getByRole('radio', { name: 'Headers' }).check()
        await checkAccess(tester, 'headers of the answer')
        for (const name of ['Signature', 'CORS', 'Code']) {
          await tester.tab(name).click()
          await checkAccess(tester, name)
        }
        await tester.field('Secret access key').fill('wrong/secret/key/of/that/id')
        await tester.tab('Response').click()
        await tester.send()
        await tester.page.getByRole('region', { name: 'Diagnosis' }).waitFor()
        await checkAccess(tester, 'diagnosis')
        await tester.tab('History').click()
        await tester.page.getByRole('complementary', { name: 'Requests' }).locator('.entry').first().waitFor()
        await checkAccess(tester, 'history')
        await tester.button('Export').first().click()
        await tester.page.getByRole('dialog').waitFor()
        await checkAccess(tester, 'export')
      },
      { colorScheme, bypassCSP: true },
    ),
  )
}

test(
  'on a small screen too nothing is cut, and the bars stay in sight: answer, diagnosis, signature, code',
  withPage(
    async (tester) => {
      await tester.credentials()
      await tester.request('GET', '/stage/movie_list')
      await tester.send()
      for (const view of ['Table', 'Headers', 'Pretty']) {
        await tester.result.getByRole('radio', { name: view }).check()
        await checkAccess(tester, view)
      }
      for (const name of ['Signature', 'CORS', 'Code']) {
        await tester.tab(name).click()
        await checkAccess(tester, name)
      }
      await tester.field('Secret access key').fill('wrong/secret/key/of/that/id')
      await tester.send()
      await tester.page.getByRole('region', { name: 'Diagnosis' }).waitFor()
      await checkAccess(tester, 'diagnosis')
    },
    { viewport: { width: 360, height: 740 }, bypassCSP: true },
  ),
)
