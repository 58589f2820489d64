// The snippets of MIGRATION.md: what a reader had runs with the package that he had, and what he is told to
// write instead does the same. Each arrives at the gateway with a signature for the API's real name.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LONG_LIVED, startGateway } from '../lib/gateway.mjs'
import { split } from './markdown.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Both ways of sending lead to the gateway. */
const PRELOADS = [
  '--require',
  fileURLToPath(new URL('https-to-gateway.cjs', import.meta.url)),
  '--import',
  new URL('send-to-gateway.mjs', import.meta.url).href,
]
const { blocks } = split(readFileSync(join(ROOT, 'MIGRATION.md'), 'utf8'))
const scripts = blocks.filter(({ language }) => language === 'js').map(({ text }) => text)

/** What the snippets have from elsewhere in their program. */
const GIVEN = `
const accessKeyId = ${JSON.stringify(LONG_LIVED.accessKey)}
const secretAccessKey = ${JSON.stringify(LONG_LIVED.secretKey)}
const sessionToken = undefined
const credentials = { accessKeyId, secretAccessKey }
const region = 'us-east-1'
const host = 'abc123.execute-api.us-east-1.amazonaws.com'
const url = 'https://' + host + '/stage/movie'
const headers = { 'content-type': 'application/json' }
const body = JSON.stringify({ year: 2024, title: 'Flow', info: {} })
`

/** How a program of the old package ends: the call of the sample in examples/node. */
const CALL = `
${GIVEN}
const client = apigClientFactory.newClient({
  invokeUrl: 'https://' + host + '/stage',
  accessKey: accessKeyId,
  secretKey: secretAccessKey,
  region,
})
client.invokeApi({}, '/movie', 'POST', {}, { year: 2024, title: 'Flow', info: {} })
  .then(({ status }) => console.log(status))
`

/** What stands behind \`// was:\`, over several lines if they go on below it. */
function wasOf(text) {
  const [, first, more] = /\/\/ was: (.*)\n((?: *\/\/ {6}.*\n)*)/.exec(`${text}\n`)
  return [first, ...more.split('\n').map((line) => line.replace(/^ *\/\/ */, ''))].join('\n')
}

const snippetOf = (name) => {
  const found = scripts.filter((text) => text.includes(name))
  assert.equal(found.length, 1, `one snippet has ${name} in it`)
  return found[0]
}

let gateway
let folder
before(async () => {
  gateway = await startGateway()
  const target = join(ROOT, 'node_modules/.snippets')
  mkdirSync(target, { recursive: true })
  folder = mkdtempSync(join(target, 'migration-'))
})
after(() => {
  gateway?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})
/** Runs a program, which has to print the status 201 and to have been signed. */
async function run(text, extension = 'mjs') {
  await gateway.reset()
  const file = join(folder, `program.${extension}`)
  writeFileSync(file, text)
  const env = { PATH: process.env.PATH, DOCS_GATEWAY: gateway.url }
  const { stdout } = await promisify(execFile)(process.execPath, [...PRELOADS, file], {
    env,
    timeout: 120_000,
  })
  assert.equal(stdout.trim(), '201', text)
  const requests = await gateway.requests()
  assert.deepEqual(
    requests.map(({ method, verdict }) => [method, verdict.ok, verdict.by]),
    [['POST', true, 'header']],
  )
}

test('every snippet is known here', () => assert.equal(scripts.length, 5))

test('aws-api-gateway-client: before, after, and both other forms', async () => {
  const [line, ...others] = snippetOf('aws-api-gateway-client').split('\n')
  await run(`const apigClientFactory = ${wasOf(line)}${CALL}`, 'cjs')
  await run(`${line}${CALL}`, 'cjs')
  const forms = others.map((text) => text.replace('// or: ', ''))
  assert.equal(forms.length, 2)
  for (const form of forms) {
    const named = form.includes('{') ? '\nconst apigClientFactory = { newClient }' : ''
    await run(`${form}${named}${CALL}`)
  }
})

test('the generated SDK: after', async () => {
  cpSync(join(ROOT, 'tests/sdk/movies.json'), join(folder, 'api.json'))
  const snippet = snippetOf('methodsOf').replace("'api.json'", JSON.stringify(join(folder, 'api.json')))
  await run(`${GIVEN}\n${snippet}\nconsole.log(status)`)
})

test('sigV4Client: after, in both forms', async () => {
  const snippet = snippetOf('gatesign/sigv4client')
  const given = `${GIVEN}\nconst endpoint = 'https://' + host + '/stage'`
  await run(`${given}\n${snippet}\nconsole.log(response.status)`)
  const [line, form, ...rest] = snippet.split('\n')
  assert.match(line, /^import sigV4Client from/)
  await run(`${given}\n${form.replace('// or: ', '')}\n${rest.join('\n')}\nconsole.log(response.status)`)
})

test('aws4: before', async () => {
  await run(`import aws4 from 'aws4'
import https from 'node:https'
${GIVEN}
const options = ${wasOf(snippetOf('aws4.sign'))}
https.request(options, (response) => console.log(response.resume().statusCode)).end(body)
`)
})

test('aws4: after', async () => {
  // GIVEN has a `url` for the other snippets, and the last line does not say what becomes of the response.
  const snippet = snippetOf('aws4.sign').replace('await fetch(url', 'const response = await fetch(url')
  assert.match(snippet, /const response/)
  await run(`${GIVEN.replace(/const url = .*/, '')}\n${snippet}\nconsole.log(response.status)`)
})

test('aws4fetch: before', async () => {
  const program = wasOf(snippetOf('AwsClient'))
  await run(`import { AwsClient } from 'aws4fetch'\n${GIVEN}\n${program}\nconsole.log(response.status)`)
})

test('aws4fetch: after', async () => {
  await run(`${GIVEN}\n${snippetOf('AwsClient')}\nconsole.log(response.status)`)
})
