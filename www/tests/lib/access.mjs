// What axe-core finds on a screen, and what is wider or higher than the window. The page needs bypassCSP.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function checkAccess(tester, screen) {
  // Several parts of the page may still load.
  await tester.until(async () => (await tester.page.locator('[aria-busy=true]').count()) === 0)
  // As an expression of the debugger, not by a script element: the page's policy allows none.
  await tester.page.evaluate(`globalThis.axe ?? ${axe}`)
  const found = await tester.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run()
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 300)}`,
    )
  })
  assert.deepEqual(found, [], screen)
  const wider = await tester.page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > innerWidth)
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )
  assert.deepEqual(wider, [], `${screen}: wider than the window`)
  const higher = await tester.page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  assert.ok(higher <= 0, `${screen}: the page itself scrolls by ${higher} px, its bars out of sight`)
}
