// How the time of each public entry and command grows with its input: node benches/growth.mjs
//
// Each case runs with 1, 4, 16 and 64 parts of its input. The exponent is 1 where the time is in proportion to the
// input, 2 where it is quadratic; above MOST (growing.mjs) the benchmark fails. The page's importers are measured in
// www/tests/unit/growth.test.ts.

import { createRequire } from 'node:module'
import { importSource } from '../xtask/sources.mjs'
import { least, MOST } from './growing.mjs'

const require = createRequire(import.meta.url)
const { createSigner, diagnose, endpointOf, newClient } = require('gatesign')
const { SignatureV4 } = require('gatesign/smithy')
const { main } = await importSource('src/cli/main.ts')

const identity = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const scope = { region: 'us-east-1', service: 'execute-api' }
const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }

const range = (n, item) => Array.from({ length: n }, (_, number) => item(number))
const named = (n, name = 'x-h') => Object.fromEntries(range(n, (number) => [`${name}${number}`, 'v']))
const answers = async () => new Response('{}', { headers: { 'content-type': 'application/json' } })
const signer = createSigner({ ...identity, ...scope })
const client = newClient({ invokeUrl, ...keys, fetch: answers })

const smithy = new SignatureV4({ ...scope, credentials: identity })

/** A command of the terminal, with what it writes thrown away. */
async function command(args) {
  const kept = [process.stdout.write, process.stderr.write]
  // Each run of the command adds one, as a process has one.
  process.stdout.removeAllListeners('error')
  process.stdout.write = process.stderr.write = () => true
  try {
    return await main(args)
  } finally {
    ;[process.stdout.write, process.stderr.write] = kept
  }
}
const signed = ['--region', 'us-east-1', '--access-key', 'AKIDEXAMPLE', '--secret-key', 'secret']

/** @type {import('./growing.mjs').Growing[]} */
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
  {
    name: 'diagnose: white space',
    items: 1_000_000,
    make: (n) => {
      const text = `status${' '.repeat(n)}403`
      return () => diagnose(text)
    },
  },
  {
    name: 'diagnose: angle brackets and quotes',
    items: 1_000_000,
    make: (n) => {
      const text = '<"Code>\\'.repeat(n / 8)
      return () => diagnose({ status: 403, body: text, headers: {} })
    },
  },
  {
    name: 'endpointOf: labels',
    items: 200_000,
    make: (n) => {
      const host = `${'a.'.repeat(n)}amazonaws.com`
      return () => endpointOf(host)
    },
  },
  {
    name: 'clients: made and kept',
    items: 8_000,
    make: (n) => () => {
      const made = range(n, () => newClient({ invokeUrl, ...keys }))
      for (const one of made) one.destroy()
    },
  },
  {
    name: 'signers: made and kept',
    items: 8_000,
    make: (n) => () => {
      const made = range(n, () => createSigner({ ...identity, ...scope }))
      for (const one of made) one.destroy()
    },
  },
  {
    name: 'smithy: headers and query',
    items: 16_000,
    make: (n) => {
      const request = { method: 'GET', protocol: 'https:', hostname: 'a.example', path: '/' }
      return () => smithy.sign({ ...request, headers: named(n), query: named(n, 'p') })
    },
  },
  {
    name: 'gatesign explain: -H',
    items: 8_000,
    make: (n) => {
      const headers = range(n, (number) => ['-H', `x-h${number}: v`]).flat()
      return () => command(['explain', ...signed, ...headers, invokeUrl])
    },
  },
  {
    name: 'gatesign explain: -d',
    items: 32_000,
    make: (n) => {
      const data = range(n, (number) => ['--data-urlencode', `k${number}=ü`]).flat()
      return () => command(['explain', ...signed, ...data, invokeUrl])
    },
  },
  {
    name: 'gatesign explain: --url-query',
    items: 16_000,
    make: (n) => {
      const data = range(n, (number) => ['--url-query', `k${number}=v`]).flat()
      return () => command(['explain', ...signed, ...data, invokeUrl])
    },
  },
  {
    name: 'gatesign explain: -F',
    items: 16_000,
    make: (n) => {
      const form = range(n, (number) => ['-F', `k${number}=v;type=text/plain`]).flat()
      return () => command(['explain', ...signed, ...form, invokeUrl])
    },
  },
  {
    name: 'gatesign explain: one long argument',
    items: 1_000_000,
    make: (n) => () => command(['explain', ...signed, '-d', '%'.repeat(n), invokeUrl]),
  },
  {
    name: 'gatesign explain: a long URL',
    items: 1_000_000,
    make: (n) => () => command(['explain', ...signed, `${invokeUrl}/${'../%2F '.repeat(n / 7)}`]),
  },
]

if (import.meta.url === `file://${process.argv[1]}`) {
  const line = (name, items, times, exponent) =>
    [name.padEnd(44), items.padStart(9), ...times.map((ms) => ms.padStart(9)), exponent.padStart(9)].join('')
  console.log(line('ms of the processor', 'items', ['1/64', '1/16', '1/4', 'all'], 'exponent'))
  for (const growing of CASES) {
    const { name, items, times, exponent } = await least(growing)
    console.log(
      line(
        name,
        String(items),
        times.map((ms) => ms.toFixed(1)),
        exponent === 0 ? '-' : exponent.toFixed(2),
      ),
    )
    if (exponent > MOST) process.exitCode = 1
  }
}
