// A provider of gatesign/credentials and the AWS SDK's of the same name in the same surroundings: the same files,
// variables and services. What they give has to be the same, or the same kind of error, and so has what they ask.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import * as theirs from '@aws-sdk/credential-providers'
import * as ours from 'gatesign/credentials'
import { startServices } from '../lib/credential-services.mjs'

/** Errors of the SDK that say the same: there are no credentials here. */
const NONE = ['ProviderError', 'TokenProviderError', 'CredentialsProviderError']

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {Record<string, string>} [files] by their path below the home folder
 * @property {Record<string, string>} [env]
 * @property {(providers: typeof ours, home: string, url: string) => (options?: object) => Promise<object>} make
 * @property {(url: string) => Record<string, any>} [answers] the services' own, see credential-services.mjs
 * @property {RegExp} [says] what our error says: it has to be one
 * @property {Record<string, unknown>} [gives] what of the identity has to be there
 * @property {string[]} [asks] the actions that are asked for
 * @property {string[]} [reads] files that are compared afterwards
 */

/** @param {Case[]} cases */
export function nextToSdk(subject, cases) {
  describe(`${subject}, next to @aws-sdk/credential-providers`, () => {
    let services
    before(async () => {
      services = await startServices()
    })
    after(() => {
      services?.stop()
      console.log(`counted: ${cases.length} cases next to the AWS SDK`)
    })

    for (const given of cases) {
      test(given.name, async () => {
        const [own, sdk] = [await run(given, ours, services), await run(given, theirs, services)]
        assert.deepEqual(own.outcome, sdk.outcome)
        assert.deepEqual(own.asked, sdk.asked)
        assert.deepEqual(own.read, sdk.read)
        if (given.says) assert.match(own.error?.message ?? '', given.says)
        else assert.equal(own.error, undefined)
        for (const [name, value] of Object.entries(given.gives ?? {})) {
          assert.equal(own.outcome.identity[name], value, name)
        }
        if (given.asks)
          assert.deepEqual(
            own.asked.map(({ action }) => action),
            given.asks,
          )
        showsNoSecret(own.error, given)
      })
    }
  })
}

/** In surroundings of its own: the SDK keeps what it has read of a path. */
async function run(given, providers, services) {
  const home = await mkdtemp(join(tmpdir(), 'gatesign-home-'))
  const saved = { ...process.env }
  services.reset()
  services.state.answers = given.answers?.(services.url) ?? {}
  try {
    for (const [path, text] of Object.entries(given.files ?? {})) {
      await mkdir(dirname(join(home, path)), { recursive: true })
      await writeFile(join(home, path), text.replaceAll('HOME', home))
    }
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
    Object.assign(process.env, {
      HOME: home,
      AWS_ENDPOINT_URL: services.url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: services.url,
    })
    for (const [name, value] of Object.entries(given.env ?? {})) {
      process.env[name] = value.replaceAll('HOME', home).replaceAll('SERVICES', services.url)
      if (value === '') delete process.env[name]
    }
    const { outcome, error } = await outcomeOf(() => given.make(providers, home, services.url)())
    const read = []
    for (const path of given.reads ?? []) read.push(await readFile(join(home, path), 'utf8'))
    const asked = structuredClone(services.state.asked).map((request) => comparable(request, home))
    return { outcome, error, asked, read: read.map(withoutTimes) }
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, saved)
    await rm(home, { recursive: true })
  }
}

async function outcomeOf(act) {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration, identityId } = await act()
    const until = expiration?.toISOString()
    return { outcome: { identity: { accessKeyId, secretAccessKey, sessionToken, until, identityId } } }
  } catch (error) {
    const kind = NONE.includes(error.name) ? 'none' : (error.name ?? String(error))
    return { outcome: { kind, code: error.code, next: error.tryNextLink }, error }
  }
}

/** The name of a session is made up by each. */
function comparable(request, home) {
  const { RoleSessionName, ...parameters } = request.parameters
  const isMadeUp = /^(aws-sdk-js|gatesign)-/.test(RoleSessionName)
  const named = RoleSessionName === undefined || isMadeUp ? parameters : { ...parameters, RoleSessionName }
  return JSON.parse(JSON.stringify({ ...request, parameters: named }).replaceAll(home, 'HOME'))
}

const withoutTimes = (text) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')

/** Whatever looks like one in the case's files, variables and answers. */
function showsNoSecret(error, { files = {}, env = {} }) {
  if (!error) return
  const shown = `${error.message} ${JSON.stringify(error)} ${error.stack}`
  const texts = [...Object.values(files), ...Object.values(env), 'given/secret given/token'].join('\n')
  for (const [secret] of texts.matchAll(/[\w/+=-]*(?:secret|token)\/?[+/][\w/+=]+|a-[\w-]*token/g)) {
    assert.ok(!shown.includes(secret), `${secret} is shown`)
  }
}
