// How long the page did not listen: the longest gap between two ticks of a timer on its main thread.

/** @param {import('playwright-core').Page} page */
export async function watchStalls(page) {
  await page.evaluate(() => {
    let last = performance.now()
    globalThis.longestStall = 0
    setInterval(() => {
      const now = performance.now()
      globalThis.longestStall = Math.max(globalThis.longestStall, now - last)
      last = now
    }, 10)
  })
  /** @returns ms since the last question */
  return () =>
    page.evaluate(() => {
      const longest = Math.round(globalThis.longestStall)
      globalThis.longestStall = 0
      return longest
    })
}
