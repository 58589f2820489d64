// A signed request that is pasted is verified, and compared with what a gateway says of it: nothing is sent.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSigner } from 'gatesign'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const { gateway, withPage } = await setup()
const TOKEN = 'canaryTOKEN/with+signs=='
const SECRET = LONG_LIVED.secretKey
const signer = createSigner({
  accessKeyId: LONG_LIVED.accessKey,
  secretAccessKey: SECRET,
  sessionToken: TOKEN,
  region: 'us-east-1',
  service: 'execute-api',
})

function curl(url, body, change = (text) => text) {
  const method = body === undefined ? 'GET' : 'POST'
  const signed = signer.sign({
    method,
    url,
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  })
  const headers = Object.entries(signed.headers).map(([name, value]) => `-H '${name}: ${value}'`)
  return change(
    `curl -X ${method} '${signed.url}' ${headers.join(' ')}${body === undefined ? '' : ` --data-raw '${body}'`}`,
  )
}

async function open(tester) {
  await tester.button('Explain an error').click()
  const dialog = tester.page.getByRole('dialog')
  return {
    dialog,
    error: dialog.getByLabel(/^Paste what the gateway/),
    request: dialog.getByLabel(/^The signed request/),
    secret: dialog.getByLabel('Secret access key', { exact: true }),
    says: (text) => dialog.getByText(text).first().waitFor(),
  }
}

test(
  'valid, then another secret; a presigned URL that has expired',
  withPage(async (tester) => {
    const { request, secret, says, dialog } = await open(tester)
    await request.fill(curl(`${gateway.url}/stage/movie_list?b=2&a=1`))
    await says('Enter the secret of AKIDEXAMPLE to verify the signature.')
    await secret.fill(SECRET)
    await says(/The signature matches this request and this secret\. It is valid for another \d+ (?:s|min)/)
    await secret.fill('another/secret')
    await says('The signature does not match this request and this secret.')
    assert.doesNotMatch(await dialog.innerHTML(), /canaryTOKEN(?![^<]*<\/textarea>)/)
    await request.fill(
      signer.presign({ url: `${gateway.url}/stage/movie_list`, expiresIn: 60, date: Date.now() - 3_600_000 }),
    )
    // The fields of another request are new ones.
    await says('Enter the secret of AKIDEXAMPLE to verify the signature.')
    await secret.fill(SECRET)
    await says(/The signature matches .* It was valid for 60 s, and expired 59 min ago\./)
    assert.deepEqual(await gateway.requests(), [])
  }),
)

test(
  'which line differs, side by side',
  withPage(async (tester) => {
    const { request, secret, says, dialog } = await open(tester)
    await request.fill(
      curl(`${gateway.url}/stage/movie`, '{"a":1}', (text) => text.replace('{"a":1}', '{ "a": 1 }')),
    )
    await secret.fill(SECRET)
    await says(
      /The secret is right, but the request is not the one that was signed\. The body was signed as JSON on one line/,
    )
    const table = dialog.getByRole('table', { name: /^First difference: line \d+\.$/ })
    await table.getByRole('columnheader', { name: 'What was signed' }).waitFor()
    assert.equal(await table.locator('tr.first').count(), 1)
    assert.doesNotMatch(await table.innerText(), /canaryTOKEN/)
  }),
)

test(
  'an error with the request that it was said of: compared with that, not with the editor',
  withPage(async (tester) => {
    const { error, request, says, dialog } = await open(tester)
    const sent = curl(`${gateway.url}/stage/movie_list?a=1`)
    const headers = Object.fromEntries(
      [...sent.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name, value]) => [name, value]),
    )
    // Something on the way has added a parameter.
    const answer = await fetch(`${gateway.url}/stage/movie_list?a=1&b=2`, { headers })
    await gateway.reset()
    await gateway.identity({
      accessKeyId: LONG_LIVED.accessKey,
      secretAccessKey: SECRET,
      sessionToken: TOKEN,
    })
    const refused = await fetch(`${gateway.url}/stage/movie_list?a=1&b=2`, { headers })
    assert.equal(answer.status, 403)
    await error.fill(await refused.text())
    await says('SignatureDoesNotMatch')
    await request.fill(sent)
    const table = dialog.getByRole('table', { name: /First difference: query/ })
    await table.getByText('a=1&b=2').waitFor()
    assert.doesNotMatch(await table.innerText(), /canaryTOKEN/)
  }),
)

test(
  'what is not signed, and what cannot be read, is said; nothing of it is kept',
  withPage(async (tester) => {
    const { request, secret, says } = await open(tester)
    await request.fill('curl https://a.example/')
    await says('No signed request is in this text')
    await request.fill("curl 'https://a.example/")
    await says(/The command is incomplete/)
    await request.fill(curl(`${gateway.url}/stage/movie_list`))
    await secret.fill('canarySECRET/of/the/dialog')
    await says('The signature does not match this request')
    await tester.page.keyboard.press('Escape')
    await tester.page.getByRole('dialog').waitFor({ state: 'detached' })
    const kept = await tester.page.evaluate(() => document.documentElement.outerHTML)
    assert.doesNotMatch(kept, /canary/)
  }),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `by keyboard at 360 px, and axe-core finds nothing: ${colorScheme}`,
    withPage(
      async (tester) => {
        const { dialog, says } = await open(tester)
        const { keyboard } = tester.page
        await dialog.waitFor()
        await keyboard.press('Tab')
        await keyboard.insertText(
          curl(`${gateway.url}/stage/movie`, '{"a":1}', (text) => text.replace('{"a":1}', '{"a":2}')),
        )
        await says('Enter the secret of AKIDEXAMPLE')
        await keyboard.press('Tab')
        await keyboard.insertText(SECRET)
        await says('No single line explains it')
        await checkAccess(tester, 'verify')
        await dialog.getByText('Its canonical request').click()
        await checkAccess(tester, 'its canonical request')
      },
      { colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}
