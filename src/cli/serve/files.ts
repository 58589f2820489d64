// The tester's files. They are listed once at the start; any path that is not on the list is not found.

import { createReadStream, type Dirent, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.md', 'text/plain; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
])

/** Headers of a file's answer, besides the policy; only the page's own origin may use it. */
export const HEADERS = {
  'cache-control': 'no-cache',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface File {
  file: string
  type: string
}

/** The files by the path of their URL. */
export type Files = Map<string, File>

export function listFiles(folder: string): Files {
  let names: Dirent[]
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    names = []
  }
  const files: Files = new Map()
  for (const entry of names.filter((entry) => entry.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const type = TYPES.get(extname(entry.name)) ?? 'application/octet-stream'
    files.set(file.slice(folder.length).split(sep).join('/'), { file, type })
  }
  const index = files.get('/index.html')
  if (!index) {
    throw new Error('this build does not include the web tester: cargo xtask build adds it, without --quick')
  }
  return files.set('/', index)
}

/** The page's own policy as a header, which also applies to its workers; only a header can forbid frames. */
export function policyOf(files: Files): string {
  const page = readFileSync(files.get('/')?.file ?? '', 'utf8')
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page) ?? []
  if (!policy) throw new Error('the web tester has no Content-Security-Policy')
  return `${policy}; frame-ancestors 'none'`
}

export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file, type }: File,
  policy: string,
) {
  response.writeHead(200, { ...HEADERS, 'content-security-policy': policy, 'content-type': type })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file), response)
}
