// The official signing test suite, in the source of the crate aws-sigv4 that the lock file names.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

function folder(version) {
  const metadata = ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'host-tuple']
  const text = execFileSync('cargo', metadata, {
    cwd: root,
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 2],
  })
  const found = JSON.parse(String(text)).packages.find(({ name }) => name === 'aws-sigv4')
  return join(dirname(found.manifest_path), `aws-signing-test-suite/${version}`)
}

/** The request line, the headers in their order, and the body of request.txt. */
function parseRequest(text) {
  const at = text.indexOf('\n\n')
  const [head, body] = at < 0 ? [text.trimEnd(), ''] : [text.slice(0, at), text.slice(at + 2)]
  const [first, ...lines] = head.split('\n')
  const [, method, target] = /^(\S+) (.*) HTTP\/1\.1$/.exec(first)
  const headers = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (line.startsWith(' ') || colon < 0) headers.at(-1)[1] += `\n${line}`
    else headers.push([line.slice(0, colon), line.slice(colon + 1)])
  }
  const question = target.indexOf('?')
  const [path, query] = question < 0 ? [target, ''] : [target.slice(0, question), target.slice(question + 1)]
  return { method, path, query, headers, body }
}

/** Every case of `v4` or `v4a`: its name, request, settings (undefined in two older cases) and expected files. */
export function officialCases(version = 'v4') {
  const suite = folder(version)
  return readdirSync(suite)
    .sort()
    .map((name) => {
      const file = (other) => {
        const path = join(suite, name, other)
        return existsSync(path) ? readFileSync(path, 'utf8') : undefined
      }
      const context = file('context.json')
      return {
        name,
        ...parseRequest(file('request.txt')),
        context: context && JSON.parse(context),
        file,
      }
    })
}
