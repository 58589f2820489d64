// The page as a person uses it: fields by their labels, buttons by their names.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, beforeEach } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LONG_LIVED, startGateway } from '../../../tests/lib/gateway.mjs'
import { launch, newPage, PATIENCE } from './browser.mjs'
import { serve } from './serve.mjs'

export const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

/**
 * Gateway, page and browser of one test file; every page that a test opened has to end without a fault.
 * `start` serves the page in another way than as a static host would.
 */
export async function setup(serving = {}) {
  if (!existsSync(`${DIST}/index.html`)) throw new Error('www/dist is missing: cargo xtask build')
  const gateway = await startGateway()
  const site = serving.start ? await serving.start(gateway) : await serve(DIST, serving)
  const browser = await launch()
  after(async () => {
    await browser.close()
    site.stop()
    gateway.stop()
  })
  beforeEach(() => gateway.reset())
  /** @param {(tester: Tester) => Promise<void>} use */
  const withPage =
    (use, options = {}) =>
    async () => {
      const opened = await newPage(browser, gateway.url, options)
      await options.before?.(opened.context)
      try {
        const tester = new Tester(opened.page, gateway)
        await tester.open(site.url)
        await use(tester)
        opened.checkFaults()
      } finally {
        await opened.context.close()
      }
    }
  return { gateway, site, browser, withPage }
}

export class Tester {
  constructor(page, gateway) {
    this.page = page
    this.gateway = gateway
  }

  async open(url) {
    await this.page.goto(url)
    await this.url.waitFor()
  }

  get url() {
    return this.page.getByLabel('URL', { exact: true })
  }

  get result() {
    return this.page.getByRole('region', { name: 'Result' })
  }

  get status() {
    return this.result.locator('.summary .status')
  }

  tab(name) {
    return this.page.getByRole('tab', { name, exact: false })
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true })
  }

  field(name) {
    return this.page.getByLabel(name, { exact: true })
  }

  /** Of the field and not of the kind of authorization, which has the same name. */
  get apiKey() {
    return this.page.locator('input[aria-label="API key"]')
  }

  /** Fills the bar; the path is one of the gateway's. */
  async request(method, path) {
    await this.field('Method').selectOption(method)
    await this.url.fill(`${this.gateway.url}${path}`)
  }

  async credentials({ accessKey, secretKey, sessionToken = '' } = LONG_LIVED, region = 'us-east-1') {
    await this.tab('Auth').click()
    await this.field('Access key id').fill(accessKey)
    await this.field('Secret access key').fill(secretKey)
    await this.field('Session token').fill(sessionToken)
    await this.field('Region').fill(region)
  }

  /** @returns the status line when it has ended */
  async send() {
    // What the page asks of its own accord may arrive at any time, so requests are not counted: the button tells.
    await this.page.evaluate(() => {
      const form = document.querySelector('form.bar')
      globalThis.hasEnded = false
      let ran = false
      const watching = new MutationObserver(() => {
        const runs = form.querySelector('#send').type === 'button'
        globalThis.hasEnded = ran && !runs
        ran ||= runs
        if (globalThis.hasEnded) watching.disconnect()
      })
      watching.observe(form, { attributes: true, childList: true, subtree: true })
    })
    await this.button('Send').click()
    await this.until(() => this.page.evaluate(() => globalThis.hasEnded))
    return this.status.textContent()
  }

  /** Sends to a place that is asked about first, and allows it. */
  async sendAndAllow() {
    const dialog = this.page.getByRole('dialog', { name: 'Send credentials to a new place?' })
    const allowed = dialog.getByRole('button', { name: 'Send to it' }).click()
    const status = await this.send()
    await allowed
    return status
  }

  async row(what, number, name, value) {
    if (what === 'parameter') await this.tab('Params').click()
    await this.field(`Name of ${what} ${number}`).fill(name)
    await this.field(`Value of ${what} ${number}`).fill(value)
  }

  /**
   * Fills a text field whose place an editor takes while it loads: what was written in that moment is
   * written again.
   */
  async write(name, text) {
    await this.until(async () => {
      await this.field(name).fill(text)
      return (await this.field(name).evaluate((field) => field.value ?? field.innerText)) === text
    })
  }

  /** @returns the dialog of the environments, with a new one chosen */
  async newEnvironment() {
    await this.button('Variables').click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'New environment' }).click()
    return dialog
  }

  /** The last request that was no preflight. */
  async arrived() {
    const all = (await this.gateway.requests()).filter(({ method }) => method !== 'OPTIONS')
    const last = all.at(-1)
    assert.ok(last, 'a request arrived')
    return {
      ...last,
      body: Buffer.from(last.bodyBase64, 'base64'),
      header: (name) => last.headers.find(([key]) => key.toLowerCase() === name)?.[1],
    }
  }

  /** The answer as it is shown. */
  async shown() {
    await this.result.getByLabel('Raw').check()
    const text = this.result.getByRole('region', { name: 'Text' })
    await this.until(async () => (await text.innerText()).trim() !== '')
    return text.innerText()
  }

  /** Pastes as a person does, without the machine's clipboard. */
  paste(locator, text) {
    return locator.evaluate((element, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  }

  async until(condition) {
    const end = Date.now() + PATIENCE
    for (;;) {
      if (await condition()) return
      if (Date.now() > end) throw new Error(`never came true: ${condition}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
