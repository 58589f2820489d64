// Where npm put a package: at the top of the repository, or in the folder of those who need another version of it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of every folder's packages. */
export const TOP = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/**
 * @param {string} path of a package, or of a file in it
 * @param {string} folder whose package.json names it
 * @returns {string} where it is; where it would be, if it is not there
 */
export function installed(path, folder = fileURLToPath(new URL('..', import.meta.url))) {
  const own = join(folder, 'node_modules', path)
  return existsSync(own) ? own : join(TOP, path)
}

/** @returns {string | undefined} of a package, if it is there */
export function versionOf(name, folder) {
  const manifest = join(installed(name, folder), 'package.json')
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined
}
