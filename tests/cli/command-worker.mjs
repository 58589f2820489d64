// The command inside a thread: main(args), with what it writes collected. A call that would wait long is cut short.

import { parentPort } from 'node:worker_threads'
import { importSource } from '../../xtask/sources.mjs'

const { main } = await importSource('src/cli/main.ts')
const said = { out: '', error: '' }
process.stdout.write = (text) => {
  said.out += text
  return true
}
process.stderr.write = (text) => {
  said.error += text
  return true
}
console.log = (...texts) => process.stdout.write(`${texts.join(' ')}\n`)
console.error = (...texts) => process.stderr.write(`${texts.join(' ')}\n`)
parentPort.on('message', async (args) => {
  said.out = ''
  said.error = ''
  const limited =
    args[0] === 'call' && !args.includes('--help')
      ? [args[0], '-m', '1', '--connect-timeout', '1', ...args.slice(1)]
      : args
  process.stdout.removeAllListeners('error')
  let code
  try {
    code = await main(limited)
  } catch (error) {
    code = -1
    said.error += error.stack
  }
  parentPort.postMessage({ code, ...said })
})
