// Runs one row of the drop-in table through the old package or ours against the same server.

import { createRequire } from 'node:module'
import { API_KEY, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { startScripted } from './scripted.mjs'
import { noHosts, watchDelays } from './time.mjs'

const require = createRequire(import.meta.url)

export const FACTORIES = {
  old: require('aws-api-gateway-client').default,
  ours: require('gatesign').default,
}

/** Temporary credentials; registered with the gateway before each row that uses them. */
export const TEMPORARY = {
  accessKey: 'ASIADROPINEXAMPLE',
  secretKey: 'dropin/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY',
  sessionToken: 'FwoGZXIvYXdzEXAMPLE//token+with/slashes==',
}

/** How a row's requests are authorised, and under which of the gateway's prefixes. */
const AUTH = {
  open: { prefix: '/stage/open', config: {} },
  key: { prefix: '/stage/key', config: { apiKey: API_KEY } },
  iam: { prefix: '/stage', config: { ...LONG_LIVED, region: REGION } },
  both: { prefix: '/stage/both', config: { ...LONG_LIVED, region: REGION, apiKey: API_KEY } },
  token: { prefix: '/stage', config: { ...TEMPORARY, region: REGION } },
}

/**
 * @typedef {object} Seen what one package did with one row
 * @property {any[]} requests as the server recorded them
 * @property {'resolves' | 'rejects' | 'throws' | 'refuses'} kind `throws` is synchronous, `refuses` is newClient
 * @property {any} [value]
 * @property {any} [error]
 * @property {number[]} delays ms that the package waited between attempts
 */

export async function startServers() {
  const [gateway, scripted, gone] = [await startGateway(), await startScripted(), await startScripted()]
  gone.stop()
  return {
    gateway,
    scripted,
    /** Nothing listens there. */
    closed: gone.url,
    stop() {
      gateway.stop()
      scripted.stop()
    },
  }
}

/**
 * @param {Awaited<ReturnType<typeof startServers>>} servers
 * @param {any} row see table.mjs
 * @param {keyof AUTH} auth
 * @param {'old' | 'ours'} which
 * @returns {Promise<Seen>}
 */
export async function run({ gateway, scripted, closed }, row, auth, which) {
  const server = row.answers ? scripted : gateway
  await server.reset()
  if (row.answers) scripted.answer(row.answers)
  if (auth === 'token') {
    const { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken } = TEMPORARY
    await gateway.identity({ accessKeyId, secretAccessKey, sessionToken })
  }
  for (const fault of row.faults ?? []) await gateway.fault(fault)
  if (row.gateway) await gateway.configure(row.gateway)

  const { prefix, config: credentials } = AUTH[auth]
  const place = { url: server.url, host: new URL(server.url).host, prefix, gateway, closed }
  // The old package signs without the port; its `host` option fixes that, and ours is given the same.
  const host = credentials.accessKey ? { host: place.host } : {}
  const made = { invokeUrl: server.url + prefix, ...credentials, ...host, ...valueFor(row.config, place) }
  for (const name of row.without ?? []) delete made[name]
  const call = valueFor(row.call, place).map(copy)
  const config = row.whole ? call[0] : made
  // Ours must leave alone what it is given; the old one does not survive that.
  if (which === 'ours' || row.frozen) for (const given of [config, ...call]) freeze(given)
  const delays = watchDelays(row.clock)
  const names = noHosts(row.unknownHost)
  try {
    const outcome = await outcomeOf(FACTORIES[which], config, call)
    return { ...outcome, requests: await server.requests(), delays: delays.seen, config, call, place }
  } finally {
    delays.end()
    names.end()
  }
}

const valueFor = (given, place) => (typeof given === 'function' ? given(place) : given)

const isPlain = (value) =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)

/** A run of a row must not see what another one did to its arguments. Cycles and instances are left as they are. */
function copy(value, depth = 0) {
  if (!isPlain(value) || Object.isFrozen(value) || depth > 8) return value
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item, depth + 1)]))
}

function freeze(value) {
  if (!isPlain(value) || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}

async function outcomeOf(factory, config, call) {
  let client
  try {
    client = factory.newClient(config)
  } catch (error) {
    return { kind: 'refuses', error }
  }
  let promise
  try {
    promise = client.invokeApi(...call)
  } catch (error) {
    return { kind: 'throws', error }
  }
  try {
    return { kind: 'resolves', value: await promise }
  } catch (error) {
    return { kind: 'rejects', error }
  }
}
