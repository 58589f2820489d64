// Each quoting function against the language that it writes for.

import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { asProperty, inJavaScript, inPython, inShell, inYaml, shellWord } from '../../src/model/quote'
import { preflightOf, settingsFor } from '../../src/sign/cors'

const HOSTILE = [
  '$AWS_SECRET_ACCESS_KEY',
  '${HOME}',
  '`id`',
  '$(id)',
  "it's",
  "'; id; '",
  '"; id; "',
  '\\',
  "\\'",
  '!!',
  '~',
  '*',
  '-rf',
  '#',
  'a\nb\r\nc\td',
  '%s%n%PATH%',
  '{{x}}',
  '\u2028\u2029\u0085\u007f\ufeff',
  '🎬é',
  '${process.env.HOME}',
  "'''",
  '</script>',
  '',
  'true',
  '2013-05-24',
  '0x10',
  'a: b',
  '- a',
  '&a *b !c',
]

const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' })

it('a word of a shell', () => {
  for (const quote of [inShell, shellWord]) {
    const words = HOSTILE.map((text) => (text === '' ? inShell(text) : quote(text)))
    const out = run('bash', '-c', `printf '%s\\0' ${words.join(' ')}`)
    expect(out.split('\0').slice(0, -1)).toEqual(HOSTILE)
  }
  expect(shellWord('PURGE')).toBe('PURGE')
})

it('a string of JavaScript, and the name of a property', () => {
  const code = `process.stdout.write(JSON.stringify([${HOSTILE.map(inJavaScript).join(', ')}]))`
  expect(JSON.parse(run(process.execPath, '-e', code))).toEqual(HOSTILE)
  const names = ['__proto__', 'constructor', 'a-b', 'a', "'", '1']
  const object = `{ ${names.map((name) => `${asProperty(name)}: 1`).join(', ')} }`
  const keys = JSON.parse(
    run(process.execPath, '-e', `process.stdout.write(JSON.stringify(Object.keys(${object})))`),
  )
  expect(keys.sort()).toEqual([...names].sort())
})

it('a string of Python', () => {
  const code = `import json,sys; sys.stdout.write(json.dumps([${HOSTILE.map(inPython).join(', ')}]))`
  expect(JSON.parse(run(process.env.PYTHON ?? 'python3', '-c', code))).toEqual(HOSTILE)
})

it('a string of YAML', () => {
  expect(parse(HOSTILE.map((text) => `- ${inYaml(text)}\n`).join(''))).toEqual(HOSTILE)
})

it('the settings of CORS, for whatever method and header names there are', () => {
  const headers = { "x-'$(id)`": 'a', 'content-type': 'application/json' }
  // Not all of these are tokens: the writers rely on nothing that came before them.
  const settings = settingsFor(preflightOf({ method: `'"; id #`, headers }, `https://x.example'"`))
  for (const { id, text } of settings.slice(0, 2)) expect(() => parse(text), id).not.toThrow()
  expect(JSON.stringify(parse(settings[0]?.text ?? ''))).toContain(`OPTIONS,'\\"; id #`)
  // The command is run as a function that prints its arguments.
  const out = run('bash', '-c', `aws() { printf '%s\\0' "$@"; }\n${settings[2]?.text}`)
  const args = out.split('\0')
  expect(args.slice(0, 5)).toEqual([
    'apigatewayv2',
    'update-api',
    '--api-id',
    'API_ID',
    '--cors-configuration',
  ])
  expect(JSON.parse(args[5] ?? '')).toMatchObject({
    AllowOrigins: [`https://x.example'"`],
    AllowMethods: [`'"; id #`],
    AllowHeaders: ['Content-Type', "X-'$(id)`"],
  })
})
