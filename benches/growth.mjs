// How the time of each public entry grows with its input: node benches/growth.mjs
//
// Each case runs with n items and with 4n. The exponent is log(time of 4n / time of n) / log 4: 1 where the time is
// in proportion to the input, 2 where it is quadratic.

import { createRequire } from 'node:module'

const require = createRequire(new URL('../tests/package.json', import.meta.url))
const { createSigner, diagnose, newClient } = require('gatesign')

const identity = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const scope = { region: 'us-east-1', service: 'execute-api' }
const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }

const range = (n, item) => Array.from({ length: n }, (_, number) => item(number))
const named = (n, name = 'x-h') => Object.fromEntries(range(n, (number) => [`${name}${number}`, 'v']))
const answers = async () => new Response('{}', { headers: { 'content-type': 'application/json' } })
const signer = createSigner({ ...identity, ...scope })
const client = newClient({ invokeUrl, ...keys, fetch: answers })

/** @type {{ name: string, items: number, make: (n: number) => () => unknown }[]} */
export const CASES = [
  {
    name: 'createSigner: unsignableHeaders',
    items: 16_000,
    make: (n) => {
      const unsignableHeaders = range(n, (number) => `x-u${number}`)
      const headers = named(n)
      return () =>
        createSigner({ ...identity, ...scope, unsignableHeaders }).sign({ url: invokeUrl, headers })
    },
  },
  {
    name: 'signer.sign: headers',
    items: 16_000,
    make: (n) => {
      const headers = named(n)
      return () => signer.sign({ url: invokeUrl, headers })
    },
  },
  {
    name: 'signer.sign: parameters',
    items: 32_000,
    make: (n) => {
      const url = `${invokeUrl}?${range(n, (number) => `p${(number * 7919) % n}=v`).join('&')}`
      return () => signer.sign({ url })
    },
  },
  {
    name: 'signer.explain: one long header',
    items: 1_000_000,
    make: (n) => {
      const headers = { 'x-long': 'a '.repeat(n / 2) }
      return () => signer.explain({ url: invokeUrl, headers })
    },
  },
  {
    name: 'newClient: headers',
    items: 16_000,
    make: (n) => {
      const headers = named(n)
      return () => newClient({ invokeUrl, ...keys, headers }).destroy()
    },
  },
  {
    name: 'client.sign: headers',
    items: 16_000,
    make: (n) => {
      const headers = named(n)
      return () => client.sign({ additionalParams: { headers } })
    },
  },
  {
    name: 'client.sign: queryParams',
    items: 32_000,
    make: (n) => {
      const queryParams = named(n)
      return () => client.sign({ additionalParams: { queryParams } })
    },
  },
  {
    name: 'client.sign: variables of the template',
    items: 32_000,
    make: (n) => {
      const pathTemplate = `/${range(n, (number) => `{v${number}}`).join('')}`
      const pathParams = named(n, 'v')
      return () => client.sign({ pathTemplate, pathParams })
    },
  },
  {
    name: 'client.sign: a list in a path parameter',
    items: 200_000,
    make: (n) => {
      const pathParams = { list: range(n, String) }
      return () => client.sign({ pathTemplate: '/{list}', pathParams })
    },
  },
  {
    name: 'client.fetch: equal headers',
    items: 64_000,
    make: (n) => {
      const headers = range(n, () => ['x-equal', 'v'])
      return () => client.fetch('/prod', { headers })
    },
  },
  {
    name: 'client.invokeApi: a JSON body',
    items: 1_000_000,
    make: (n) => {
      const body = { text: 'ü'.repeat(n) }
      return () => client.invokeApi({}, '/', 'POST', {}, body)
    },
  },
  {
    name: 'diagnose: a long text',
    items: 1_000_000,
    make: (n) => {
      const text = `The Canonical String for this request should have been\n'GET\n/\n${'a:\n'.repeat(n / 3)}`
      return () => diagnose(text)
    },
  },
]

/** The shortest of some runs in ms. */
async function timeOf(run, runs) {
  let shortest = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i += 1) {
    const started = performance.now()
    await run()
    shortest = Math.min(shortest, performance.now() - started)
  }
  return shortest
}

/**
 * @param {(typeof CASES)[number]} growing
 * @param {number} [runs]
 */
export async function measure({ name, items, make }, runs = 3) {
  const [few, many] = [make(items / 4), make(items)]
  await few()
  const [short, long] = [await timeOf(few, runs), await timeOf(many, runs)]
  return { name, items, ms: long, exponent: Math.log(long / short) / Math.log(4) }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  console.log(`${'input'.padEnd(42)}${'items'.padStart(9)}${'ms'.padStart(9)}${'exponent'.padStart(10)}`)
  for (const growing of CASES) {
    const { name, items, ms, exponent } = await measure(growing)
    console.log(
      name.padEnd(42) +
        String(items).padStart(9) +
        ms.toFixed(1).padStart(9) +
        exponent.toFixed(2).padStart(10),
    )
  }
}
