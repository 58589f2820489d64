// Vite writes the licences of what the page loads; those of what only its workers load are added here.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Folders of packages in workers. */
const folders = new Set<string>()

/** Of the workers' own builds. */
export const collected = (): Plugin => ({
  name: 'licences-of-workers',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const id of chunk.type === 'chunk' ? Object.keys(chunk.modules) : []) {
        const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []
        if (folder) folders.add(folder)
      }
    }
  },
})

/** Of the page's build, which ends last. */
export const added = (file: string): Plugin => ({
  name: 'licences-added',
  apply: 'build',
  closeBundle() {
    let text = readFileSync(file, 'utf8')
    for (const folder of [...folders].sort()) {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (text.includes(`## ${name} - ${version} (`)) continue
      const terms = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const words = terms && existsSync(join(folder, terms)) ? readFileSync(join(folder, terms), 'utf8') : ''
      text += `\n## ${name} - ${version} (${license})\n\n${words.trim()}\n`
    }
    writeFileSync(file, text)
  },
})
