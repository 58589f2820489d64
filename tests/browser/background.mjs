// Chromium as a person has it, with tabs that are really in the background. Playwright keeps every page
// as if it were in front, so this is Puppeteer, without the options that spare hidden pages.

import puppeteer from 'puppeteer-core'
import { launchOptions } from '../lib/switches.mjs'

/** @param {string} url of the page in the tab that the tests send to the background */
export async function startTabs(url) {
  const browser = await puppeteer.launch({
    ...launchOptions(),
    // A frozen page does not answer for as long as it is frozen.
    protocolTimeout: 120_000,
    ignoreDefaultArgs: [
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  })
  const page = await browser.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(url)
  const session = await page.createCDPSession()
  const other = await browser.newPage()
  return {
    page,
    hide: () => other.bringToFront(),
    show: () => page.bringToFront(),
    /** No script and no timer of the page runs, as in a tab that was long in the background. */
    freeze: () => session.send('Page.setWebLifecycleState', { state: 'frozen' }),
    thaw: () => session.send('Page.setWebLifecycleState', { state: 'active' }),
    stop: () => browser.close(),
  }
}
