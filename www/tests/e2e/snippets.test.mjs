// The Code tab: every snippet is run as a person would run it, and the gateway accepts its signature.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

const { PYTHON } = process.env
if (!PYTHON)
  throw new Error('PYTHON must name a Python with botocore (node tests/lib/setup-sdk.mjs prints it)')

const { gateway, withPage } = await setup()

const TEMPORARY = {
  accessKey: 'ASIASNIPPETS',
  secretKey: 'snippets/SECRET+KEY/canary',
  sessionToken: 'snippets/TOKEN+canary==',
}

// A module finds the package as one that has installed it.
const folder = await mkdtemp(join(tmpdir(), 'snippets-'))
await symlink(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
after(() => rm(folder, { recursive: true }))

const RUN = {
  curl: (text) => ['bash', '-c', text],
  gatesign: (text) => ['node', '--input-type=module', '--eval', text],
  fetch: (text) => ['node', '--input-type=module', '--eval', text],
  Python: (text) => [PYTHON, '-c', text],
}

async function run(language, text, { accessKey, secretKey, sessionToken } = TEMPORARY, more = {}) {
  const [program, ...args] = RUN[language](text)
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secretKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    ...more,
  }
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env, timeout: 120_000 })
  return stdout
}

/** The client signs in the headers only: for a signature in the query the signer is shown. */
const SIGNS = { curl: /^curl /m, gatesign: /newClient|presign/, fetch: /await fetch\(/, Python: /AWSRequest/ }

/** What the Code tab shows in that language. */
async function snippet(tester, language) {
  await tester.tab('Code').click()
  await tester.page.getByRole('radio', { name: language, exact: true }).check()
  const code = tester.page.locator('pre.code')
  await tester.until(async () => (await code.count()) === 1 && SIGNS[language].test(await code.innerText()))
  return code.innerText()
}

async function allRun(tester, check, credentials = TEMPORARY) {
  for (const language of Object.keys(RUN)) {
    const text = await snippet(tester, language)
    for (const secret of Object.values(credentials))
      assert.ok(!text.includes(secret), `${language} shows a credential`)
    await gateway.control('DELETE', 'requests')
    const output = await run(language, text, credentials)
    const request = await tester.arrived()
    assert.deepEqual(
      [request.status, request.verdict.ok],
      [200, true],
      `${language}: ${JSON.stringify(request.verdict)}\n${text}\n${output}`,
    )
    await check(request, language, output)
  }
}

const start = async (tester, credentials = TEMPORARY) => {
  if (credentials === TEMPORARY) {
    const { accessKey, secretKey, sessionToken } = TEMPORARY
    await gateway.identity({ accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken })
  }
  await tester.credentials(credentials)
}

test(
  'a GET, with and without a session token',
  withPage(async (tester) => {
    for (const credentials of [TEMPORARY, LONG_LIVED]) {
      await start(tester, credentials)
      await tester.request('GET', '/stage/movie_list')
      await allRun(
        tester,
        ({ verdict }, language, output) => {
          assert.deepEqual([verdict.by, verdict.accessKeyId], ['header', credentials.accessKey], language)
          assert.equal(verdict.sessionTokenSigned, credentials === TEMPORARY ? true : null, language)
          assert.match(output, /Gravity/, language)
        },
        credentials,
      )
    }
  }),
)

const AWKWARD = `{"quote":"it's \\"so\\"","dollar":"$HOME \`id\` \\\\ %s","text":"Größe\\u2028 🎬"}`

test(
  'a POST whose text is awkward in every language',
  withPage(async (tester) => {
    await start(tester)
    await tester.request('POST', '/stage/echo/{title}')
    await tester.tab('Params').click()
    await tester.field('title').fill('Cafe')
    await tester.row('parameter', 1, 'a', 'one & two')
    await tester.row('parameter', 2, 'b', "it's")
    await tester.tab('Headers').click()
    await tester.row('header', 1, 'x-note', `say "it's" $5`)
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'Text', exact: true }).check()
    await tester.write('Text body', AWKWARD)
    await allRun(tester, (request, language) => {
      const url = new URL(request.target, gateway.url)
      assert.equal(url.pathname, '/stage/echo/Cafe', language)
      assert.deepEqual(
        [...url.searchParams],
        [
          ['a', 'one & two'],
          ['b', "it's"],
        ],
        language,
      )
      assert.equal(request.method, 'POST', language)
      assert.equal(request.header('x-note'), `say "it's" $5`, language)
      assert.equal(request.body.toString(), AWKWARD, language)
    })
  }),
)

test(
  'bytes are read from the file that the snippet names',
  withPage(async (tester) => {
    const bytes = Buffer.from([0, 255, 13, 10, 128, 39])
    await writeFile(join(folder, 'body.bin'), bytes)
    await start(tester)
    await tester.request('PUT', '/stage/echo')
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'File', exact: true }).check()
    await tester.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.bin', mimeType: 'application/octet-stream', buffer: bytes })
    await allRun(tester, (request, language) => {
      assert.equal(request.method, 'PUT', language)
      assert.deepEqual(request.body, bytes, language)
    })
  }),
)

test(
  'a signature in the query, where the language has one',
  withPage(async (tester) => {
    await start(tester)
    await tester.page.getByRole('radio', { name: /^Query/ }).check()
    await tester.request('GET', '/stage/movie_list?format=dynamodb')
    await allRun(tester, ({ verdict }, language) => {
      assert.equal(verdict.by, language === 'curl' ? 'header' : 'query', language)
    })
  }),
)

/** Each is a text that some language would run, read or end a string with. */
const HOSTILE = "$AWS_SECRET_ACCESS_KEY ${HOME} `id` $(id) '; id; ' \" \\\\ \\' %s ${process.env.HOME} {0} #"
const METHOD = "$AWS_SECRET_ACCESS_KEY'|`ID`"

test(
  'hostile texts in every field run nothing and tell nothing',
  withPage(async (tester) => {
    await start(tester)
    await tester.request('GET', '/stage/open/echo/{part}')
    await tester.field('Method').selectOption('Other…')
    await tester.field('Other method').fill(METHOD)
    await tester.field('Other method').press('Enter')
    assert.equal(await tester.field('Method').inputValue(), METHOD, 'it is shown')
    await tester.field('Service').fill("$AWS_SECRET_ACCESS_KEY'`id`")
    await tester.tab('Params').click()
    await tester.field('part').fill(HOSTILE)
    await tester.row('parameter', 1, HOSTILE, HOSTILE)
    await tester.tab('Headers').click()
    await tester.row('header', 1, "x-'`id`$HOME", HOSTILE)
    await tester.tab('Body').click()
    await tester.page.getByRole('radio', { name: 'Text', exact: true }).check()
    await tester.write('Text body', HOSTILE)
    for (const language of Object.keys(RUN)) {
      const text = await snippet(tester, language)
      await gateway.control('DELETE', 'requests')
      await run(language, text)
      const request = await tester.arrived()
      const url = new URL(request.target, gateway.url)
      assert.equal(request.method, METHOD, language)
      assert.equal(decodeURIComponent(url.pathname), `/stage/open/echo/${HOSTILE}`, language)
      assert.deepEqual([...url.searchParams], [[HOSTILE, HOSTILE]], language)
      assert.equal(request.header("x-'`id`$home"), HOSTILE, language)
      assert.equal(request.body.toString(), HOSTILE, language)
      const everything = JSON.stringify(request) + request.body
      assert.ok(!everything.includes(TEMPORARY.secretKey), `${language} sends the secret key`)
      assert.match(request.header('authorization'), /\/\$AWS_SECRET_ACCESS_KEY'`id`\/aws4_request/, language)
    }
  }),
)

test(
  'an imported method is no part of a command',
  withPage(async (tester) => {
    await start(tester)
    await tester.paste(tester.url, `curl -X '$AWS_SECRET_ACCESS_KEY' ${gateway.url}/stage/open/echo`)
    await tester.until(async () => (await tester.field('Method').inputValue()) === '$AWS_SECRET_ACCESS_KEY')
    const text = await snippet(tester, 'curl')
    await gateway.control('DELETE', 'requests')
    await run('curl', text)
    assert.equal((await tester.arrived()).method, '$AWS_SECRET_ACCESS_KEY')
  }),
)

test(
  'an API key under a name of its own, a bearer token and a password come from the environment',
  withPage(async (tester) => {
    await tester.request('GET', '/stage/open/echo')
    await tester.tab('Auth').click()
    const choose = (name) => tester.page.getByRole('radio', { name, exact: true }).check()
    const env = { API_KEY: 'key-canary', API_TOKEN: 'token-canary', API_USER: 'user:pass-canary' }
    const expectAll = async (check) => {
      for (const language of Object.keys(RUN)) {
        const text = await snippet(tester, language)
        assert.doesNotMatch(text, /canary/)
        await gateway.control('DELETE', 'requests')
        await run(language, text, TEMPORARY, env)
        check(await tester.arrived(), language)
      }
      await tester.tab('Auth').click()
    }
    await choose('API key')
    await tester.field('Name of the API key').fill("x-'`id`")
    await expectAll((request, language) => assert.equal(request.header("x-'`id`"), env.API_KEY, language))
    await tester.field('Sent in').selectOption('query')
    await expectAll(({ target }, language) =>
      assert.deepEqual([...new URL(target, gateway.url).searchParams], [["x-'`id`", env.API_KEY]], language),
    )
    await choose('Bearer')
    await expectAll((request, language) =>
      assert.equal(request.header('authorization'), `Bearer ${env.API_TOKEN}`, language),
    )
    await choose('Basic')
    const basic = `Basic ${Buffer.from(env.API_USER).toString('base64')}`
    await expectAll((request, language) => assert.equal(request.header('authorization'), basic, language))
  }),
)
