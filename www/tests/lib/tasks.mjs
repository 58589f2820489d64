// The longest task of the page's main thread, by the processor time that it took: other programs of a busy machine
// do not count, as they would in PerformanceObserver's `longtask`. Chromium's own trace tells it.

/**
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<void>} act
 * @returns {Promise<{ longest: number, wall: number, tasks: number }>} ms
 */
export async function longestTask(page, act) {
  const session = await page.context().newCDPSession(page)
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done))
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: [
        'toplevel',
        '__metadata',
        'blink.user_timing',
        'disabled-by-default-devtools.timeline',
      ],
    },
    transferMode: 'ReportEvents',
  })
  // Tells the page's process from others of the browser.
  await page.evaluate(() => performance.mark('the page itself'))
  await act()
  await session.send('Tracing.end')
  await ended
  await session.detach()
  const { pid } = events.find(({ name }) => name === 'the page itself') ?? {}
  const threads = new Map(
    events
      .filter(({ name }) => name === 'thread_name')
      .map(({ pid, tid, args }) => [`${pid}/${tid}`, args.name]),
  )
  const tasks = events.filter(
    (event) =>
      event.pid === pid &&
      event.ph === 'X' &&
      /RunTask$/.test(event.name) &&
      threads.get(`${event.pid}/${event.tid}`) === 'CrRendererMain',
  )
  const most = (field) => tasks.reduce((longest, task) => Math.max(longest, task[field] ?? 0), 0) / 1000
  return { longest: most('tdur'), wall: most('dur'), tasks: tasks.length }
}
