// The package as a user gets it: packed, and installed from the tarball in a project of its own.

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './process.mjs'

const HERE = new URL('..', import.meta.url).pathname

/** The built package; GATESIGN_PKG names another one than that of this tree. */
export const PACKAGE = process.env.GATESIGN_PKG ?? new URL('../../../pkg', import.meta.url).pathname

export class Project {
  #made = new Set()

  /** Packs and installs. */
  static async make() {
    if (!existsSync(join(PACKAGE, 'package.json')))
      throw new Error(`there is no package in ${PACKAGE}: cargo xtask build`)
    const folder = mkdtempSync(join(tmpdir(), 'gatesign-runtimes-'))
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE })
    const tarball = join(folder, filenameOf(JSON.parse(stdout)))
    writeFileSync(join(folder, 'package.json'), '{ "name": "project", "private": true }')
    await run('npm', ['install', '--no-audit', '--no-fund', '--offline', '--loglevel=error', tarball], {
      cwd: folder,
    })
    return new Project(folder, tarball)
  }

  constructor(folder, tarball) {
    this.folder = folder
    this.tarball = tarball
    this.installed = join(folder, 'node_modules/gatesign')
  }

  /**
   * A folder of the project, in which the package can be imported by its name. It is made once for all rows
   * that name it: copying again would take files away from rows that are reading them.
   *
   * @param {string} name
   * @param {{ [file: string]: string }} copies by their new name; paths are seen from tests/runtimes
   * @param {{ [file: string]: string }} [written] contents by name
   * @returns {string} the folder
   */
  folderWith(name, copies, written = {}) {
    const folder = join(this.folder, name)
    if (this.#made.has(name)) return folder
    this.#made.add(name)
    mkdirSync(folder, { recursive: true })
    for (const [file, from] of Object.entries(copies))
      cpSync(join(HERE, from), join(folder, file), { recursive: true })
    for (const [file, content] of Object.entries(written)) writeFileSync(join(folder, file), content)
    return folder
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** npm 12 answers with an object by package name, older ones with a list. */
function filenameOf(answer) {
  return Object.values(answer)[0].filename
}
