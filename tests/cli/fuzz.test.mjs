// The command's arguments, made up: whatever they are, it ends with an exit code and a sentence, without a stack,
// without a secret, and without a request to anywhere but this machine.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { importSource } from '../../xtask/sources.mjs'
import { seeded } from '../lib/seeded.mjs'

const CORPUS = fileURLToPath(new URL('../corpus/arguments', import.meta.url))
const SECONDS = Number(process.env.FUZZ_SECONDS) || 6
/** ms within which every run ends: the longest wait for an answer one second. */
const ENDS = 60_000
const SECRET = 'Zz9/secret+word=of-the-fuzz'

// What reads standard input finds it at its end: the lowest number that is free is its own.
closeSync(0)
openSync(devNull, 'r')

test('arguments', { timeout: (SECONDS + 60) * 1000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatesign-fuzz-'))
  writeFileSync(join(folder, 'file.json'), '{"a":1}')
  writeFileSync(join(folder, 'key.txt'), SECRET)
  const server = createServer((request, response) => {
    request.resume()
    response.on('error', () => {})
    response.writeHead([200, 302, 403, 503][request.url.length % 4], { location: '/next' }).end('answer')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${server.address().port}/`
  const seed = Number(process.env.SEED) || 20261128
  t.diagnostic(`seed ${seed}`)
  const random = seeded(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const { TABLE } = await importSource('src/cli/options/table.ts')
  // Not those that wait, nor those whose values are names of other machines.
  const left = /^(?:retry|proxy|preproxy|noproxy)/
  const names = TABLE.filter(({ long }) => !left.test(long)).flatMap(({ long, written = long, short }) => [
    `--${written}`,
    ...(short ? [`-${short}`] : []),
  ])
  const values = [
    ...['', '--', '=', ':', ';', '@', '@/nonexistent', '@file.json', '@key.txt', 'a=1', 'X: y', 'X;', 'X:'],
    ...[
      '0',
      '1',
      '-1',
      '1e9',
      '0.01',
      'NaN',
      '99999999999999999999',
      'GET',
      'po st',
      'constructor',
      '__proto__',
    ],
    ...['a=@key.txt;type=x', 'b=<key.txt'],
    ...[
      '%{http_code}',
      '%{nonsense}%header{x}',
      '%{json}',
      'aws:amz:us-east-1:s3',
      '*:80:127.0.0.1',
      '::127.0.0.1:1',
    ],
    ...[
      'http://127.0.0.1:1',
      'socks5://127.0.0.1:1',
      'ü',
      '\u001b]0;x\u0007',
      'x'.repeat(5000),
      'out.txt',
      'no/dir/out.txt',
    ],
  ]
  const secrets = [
    ['-H', `x-api-key: ${SECRET}`],
    ['-H', `Authorization: Bearer ${SECRET}`],
    ['-u', `user:${SECRET}`],
    ['-b', `session=${SECRET}`],
    ['--secret-key', SECRET],
    ['--session-token', SECRET],
    ['--api-key-file', 'key.txt'],
  ]
  const mutated = (text) => {
    const at = Math.floor(random() * (text.length + 1))
    return text.slice(0, at) + pick(['-', '=', '%', '"', '\\', '\n', '\u0001', '', 'é']) + text.slice(at + 1)
  }
  const made = () => {
    const args = [
      pick([
        'call',
        'call',
        'call',
        'presign',
        'explain',
        'diagnose',
        'help',
        '--version',
        'run',
        pick(values),
      ]),
    ]
    const count = Math.floor(random() * 7)
    if (args[0] !== 'run' && random() < 0.4) args.push(...pick(secrets))
    for (let i = 0; i < count; i++) {
      args.push(random() < 0.1 ? mutated(pick(names)) : pick(names))
      if (random() < 0.7) args.push(random() < 0.2 ? mutated(pick(values)) : pick(values))
    }
    if (random() < 0.9)
      args.splice(
        1 + Math.floor(random() * args.length),
        0,
        pick([url, url, `${url}a/b?c=d`, 'file.json', 'http://[']),
      )
    return args.map((arg) => arg.replaceAll('\0', ''))
  }
  const home = process.cwd()
  process.chdir(folder)
  const worker = startWorker(folder)
  try {
    const corpus = readdirSync(CORPUS).map((name) => JSON.parse(readFileSync(join(CORPUS, name), 'utf8')))
    const until = Date.now() + SECONDS * 1000
    let runs = 0
    const codes = new Map()
    while (runs < corpus.length || Date.now() < until) {
      const args = corpus[runs] ?? made()
      runs++
      const { code, out, error } = await worker.run(args.map((arg) => arg.replace('URL/', url)))
      const told = `seed ${seed}, run ${runs}: ${JSON.stringify(args)}\n${out.slice(0, 500)}${error.slice(0, 1000)}`
      assert.ok(Number.isInteger(code) && code >= 0 && code < 256, told)
      assert.doesNotMatch(
        error,
        /\n\s+at .*:\d+|node:internal|\[object |undefined|Cannot read|is not a function/,
        told,
      )
      // An error is a sentence; what is printed may be what was signed, but never what it was signed with.
      assert.ok(
        code === 0 ||
          error !== '' ||
          /(?:^|\W)-\w*s|--silent|--fail|-\w*f/.test(args.join(' ')) ||
          args[0] === 'run',
        told,
      )
      assert.ok(!error.includes(SECRET) && !error.includes(encodeURIComponent(SECRET)), told)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      assert.doesNotMatch(error, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/, told)
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    t.diagnostic(`${runs} runs, by exit code ${JSON.stringify(Object.fromEntries(codes))}`)
    assert.ok(codes.get(0) > 0 && codes.get(2) > 0)
  } finally {
    await worker.stop()
    process.chdir(home)
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Runs the command again and again in one thread, as a process would, with its output taken. */
function startWorker(folder) {
  let worker
  const begin = () => {
    worker = new Worker(new URL('./command-worker.mjs', import.meta.url), {
      env: {
        HOME: folder,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: SECRET,
        AWS_REGION: 'us-east-1',
        GATESIGN_API_KEY: SECRET,
      },
      stdin: true,
      stdout: true,
      stderr: true,
    })
    worker.stdin.end()
  }
  begin()
  return {
    run: (args) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(reject, ENDS, new Error(`it does not end: ${JSON.stringify(args)}`))
        worker.removeAllListeners()
        worker.once('message', (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
        worker.once('error', reject)
        worker.postMessage(args)
      }),
    stop: () => worker.terminate(),
  }
}
