// `gatesign run`: sends the requests of a saved collection one after the other and checks the answers.

import { writeFileSync } from 'node:fs'
import { type Credentials, filledCredentials, NO_CREDENTIALS } from '../../www/src/model/credentials.ts'
import { text } from '../../www/src/model/json.ts'
import { type Call, CallProblem, callOf } from '../../www/src/sign/call.ts'
import { credentialsOf } from './credentials.ts'
import { Failure } from './files.ts'
import { apiKeyOf } from './headers.ts'
import { connectingOf } from './http/options.ts'
import type { Arguments } from './options/parse.ts'
import { Usage } from './options/usage.ts'
import { regionSetOf } from './request.ts'
import { failuresOf, type Received, valueAt } from './run/assertions.ts'
import { type Item, type Loaded, loadCollection, loadEnvironment } from './run/collection.ts'
import { junit, type Result } from './run/junit.ts'
import { sendCall, usesCredentials } from './run/send.ts'
import { shownLine } from './shown.ts'

/** Environment variables with this prefix set variables of the collection: `ps` does not show secrets there. */
const PREFIX = 'GATESIGN_VAR_'

/** @returns the exit code: 1 if a check failed */
export async function run(args: Arguments): Promise<number> {
  const loaded = loadCollection(args.argument)
  const runner = new Runner(args, loaded)
  for (const note of loaded.notes) console.error(`gatesign: ${shownLine(note)}`)
  if (loaded.items.length === 0) throw new Usage('the collection has no requests')
  const results: Result[] = []
  for (const item of loaded.items) {
    const result = await runner.one(item)
    results.push(result)
    if (args.has('bail') && !holds(result)) break
  }
  const failed = results.filter((result) => !holds(result)).length
  console.log(`\n${results.length} request${results.length === 1 ? '' : 's'}, ${failed} failed`)
  const file = args.text('junit')
  if (file === '-') process.stdout.write(junit(loaded.name, results))
  else if (file !== undefined) write(file, junit(loaded.name, results))
  return failed === 0 ? 0 : 1
}

const holds = ({ failures, error }: Result) => failures.length === 0 && error === ''

function write(file: string, content: string) {
  try {
    writeFileSync(file, content)
  } catch (error) {
    throw new Failure(23, `--junit: ${(error as Error).message}`)
  }
}

class Runner {
  readonly #args: Arguments
  readonly #loaded: Loaded
  readonly #values: Map<string, string>
  readonly #allowed: Set<string>
  readonly #connecting
  readonly #timeout: number | undefined
  #chain: Promise<Credentials> | undefined

  constructor(args: Arguments, loaded: Loaded) {
    this.#args = args
    this.#loaded = loaded
    this.#connecting = connectingOf(args)
    this.#timeout = args.milliseconds('max-time')
    regionSetOf(args)
    this.#values = loadEnvironment(loaded, args.text('env'))
    this.#allowed = new Set(
      args
        .all('allow')
        .flatMap(({ value }) => value.split(','))
        .map(readOrigin),
    )
    for (const [name, value] of Object.entries(process.env)) {
      if (name.startsWith(PREFIX) && value !== undefined) this.#values.set(name.slice(PREFIX.length), value)
    }
    for (const { value } of args.all('var')) {
      const at = value.indexOf('=')
      if (at < 1) throw new Usage('--var takes NAME=VALUE')
      this.#values.set(value.slice(0, at), value.slice(at + 1))
      // An address that somebody types is intended.
      const typed = value.slice(at + 1)
      if (/^https?:/.test(typed) && URL.canParse(typed)) this.#allowed.add(new URL(typed).origin)
    }
  }

  async one(item: Item): Promise<Result> {
    const began = performance.now()
    let error = ''
    let failures: string[] = []
    let received: Received | undefined
    try {
      received = await this.#send(item)
      failures = failuresOf(item.doc.tests, received)
      failures.push(...this.#save(item, received))
    } catch (problem) {
      const isKnown =
        problem instanceof CallProblem || problem instanceof Failure || problem instanceof TypeError
      if (!isKnown) throw problem
      error = problem.message
    }
    const time = received?.time ?? performance.now() - began
    const isFine = failures.length === 0 && error === ''
    console.log(
      shownLine(
        `${isFine ? 'ok  ' : 'FAIL'}  ${received?.status ?? '---'}  ${`${Math.round(time)} ms`.padStart(8)}  ${item.title}`,
      ),
    )
    for (const line of [...failures, ...(error === '' ? [] : [error])])
      console.log(shownLine(`      ${line}`))
    return { title: item.title, time, failures, error }
  }

  async #send({ doc }: Item): Promise<Received> {
    const region = this.#args.text('region')
    const regionSet = regionSetOf(this.#args)
    const service = this.#args.text('service')
    const auth = {
      ...doc.auth,
      ...(region && { region, regionSet: '' }),
      ...(regionSet && { regionSet }),
      ...(service && { service }),
    }
    const call = callOf({ ...doc, auth }, this.#values, null, new Map(), 'program')
    if (call.webSocket) throw new CallProblem('url', 'run sends only http and https requests, no WebSockets')
    const credentials = await this.#credentialsFor(call, doc.auth.identity)
    const timeout = this.#timeout ?? call.timeout
    for (let attempt = 0; ; attempt++) {
      try {
        const received = await sendCall(call, credentials, this.#connecting, timeout)
        if (attempt >= call.retries || !(received.status === 429 || received.status >= 500)) return received
      } catch (error) {
        if (attempt >= call.retries || !(error instanceof Failure)) throw error
      }
      const ms = call.backoff === 'exponential' ? 100 * 2 ** Math.min(attempt + 1, 8) : 0
      await new Promise((resolve) => setTimeout(resolve, ms))
    }
  }

  /** Only for hosts that the user named: a collection may come from somebody else, with its addresses. */
  async #credentialsFor(call: Call, identity: string): Promise<Credentials> {
    if (!usesCredentials(call)) return NO_CREDENTIALS
    const { origin, hostname, host } = new URL(call.invokeUrl)
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    if (!isHere && !this.#allowed.has(origin)) {
      throw new CallProblem('auth', `credentials are sent only to hosts that you allow: add --allow ${host}`)
    }
    const brought = this.#brought(identity)
    if (call.signing === 'none' || (brought.accessKeyId && brought.secretAccessKey)) return brought
    const own = await this.#ownCredentials()
    return {
      ...brought,
      accessKeyId: own.accessKeyId,
      secretAccessKey: own.secretAccessKey,
      sessionToken: own.sessionToken,
    }
  }

  /** The credentials of the collection, and the API key from the environment. */
  #brought(identity: string): Credentials {
    const named = this.#loaded.identities.find(({ name }) => name === identity)?.credentials
    const credentials = { ...NO_CREDENTIALS, ...(named ?? this.#loaded.credentials) }
    const filled = filledCredentials(credentials, this.#values)
    return { ...filled, apiKey: filled.apiKey || (apiKeyOf(this.#args) ?? '') }
  }

  #ownCredentials(): Promise<Credentials> {
    this.#chain ??= credentialsOf(this.#args.text('profile')).then((identity) => ({
      ...NO_CREDENTIALS,
      accessKeyId: identity.accessKeyId,
      secretAccessKey: identity.secretAccessKey,
      sessionToken: identity.sessionToken ?? '',
    }))
    return this.#chain
  }

  /** Saves values of the answer for later requests. */
  #save({ doc }: Item, { body }: Received): string[] {
    const captures = Object.entries(doc.save ?? {})
    if (captures.length === 0) return []
    let data: unknown
    try {
      data = JSON.parse(body)
    } catch {
      return ['nothing can be saved: the answer is not JSON']
    }
    return captures.flatMap(([name, path]) => {
      const value = valueAt(data, text(path))
      if (value === undefined) return [`${text(path)} is missing: ${name} has no value`]
      this.#values.set(name, typeof value === 'string' ? value : JSON.stringify(value))
      return []
    })
  }
}

function readOrigin(origin: string): string {
  const written = /^https?:\/\//.test(origin) ? origin : `https://${origin}`
  if (origin.trim() === '' || !URL.canParse(written))
    throw new Usage(`--allow takes HOST[,HOST], not ${JSON.stringify(origin)}`)
  return new URL(written).origin
}
