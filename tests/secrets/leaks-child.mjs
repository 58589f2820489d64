// Shows all that it gets of calls to whatever prints: the console, warnings, an unhandled rejection and,
// at last, an error that nobody catches. leaks.test.mjs reads what this process wrote.
//
//   node leaks-child.mjs CONFIG CALLS     CONFIG of newClient as JSON, and how many calls meet a fault

import { diagnose, newClient } from 'gatesign'

const [config, calls] = process.argv.slice(2)
const client = newClient(JSON.parse(config))
const explanation = await client.explain({ pathTemplate: '/echo/e' })
let last
for (let i = 0; i < Number(calls); i += 1) {
  const [{ value, reason }] = await Promise.allSettled([client.invokeApi({}, '/echo/e', 'GET')])
  const got = reason ?? value
  // What the server repeats in a good answer is the server's.
  if (value) got.data = undefined
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace']) console[method]('%s %o', got, got)
  console.dir(got, { depth: null, showHidden: true })
  console.table(got)
  if (reason) {
    last = reason
    process.emitWarning(reason)
    console.log(diagnose(reason, explanation))
  }
}
// The signature is what an explanation explains; the secrets around it are not in it.
console.log(client, { ...explanation, signature: undefined })
try {
  newClient({ ...JSON.parse(config), secretKey: `${JSON.parse(config).secretKey}\n` })
} catch (error) {
  console.error(error)
}
Promise.reject(last)
setTimeout(() => {
  throw last
}, 10)
