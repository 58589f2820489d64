// What the checks need to know of a Markdown document: its fenced blocks, links and headings.

import { readFileSync } from 'node:fs'

/** @typedef {{ language: string, text: string, line: number }} Block */

/**
 * @param {string} document
 * @returns {{ blocks: Block[], prose: string }} prose is what is outside of the blocks
 */
export function split(document) {
  const blocks = []
  const prose = []
  let open
  for (const [index, line] of document.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line)
    if (fence && !open) {
      open = { language: fence[1].trim(), lines: [], line: index + 1 }
    } else if (fence) {
      const { lines, ...block } = open
      blocks.push({ ...block, text: lines.join('\n') })
      open = undefined
    } else if (open) open.lines.push(line)
    else prose.push(line)
  }
  if (open) throw new Error(`the block that begins in line ${open.line} has no end`)
  return { blocks, prose: prose.join('\n') }
}

/** Targets of links and images. */
export function links(prose) {
  return [...prose.replace(/`[^`]*`/g, '``').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target)
}

/** Anchors of the headings, as GitHub makes them. */
export function anchors(prose) {
  return [...prose.matchAll(/^#+\s+(.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

/** The packages of others that step integrations installs: it runs the snippets that import one. */
const OF_INTEGRATIONS = Object.keys(
  JSON.parse(readFileSync(new URL('../integrations/package.json', import.meta.url), 'utf8')).devDependencies,
).filter((name) => name !== 'gatesign')

/** Whether a snippet needs a package of another project. */
export function importsAnother(snippet) {
  const imported = Array.from(snippet.matchAll(/\b(?:from |import |require\()'([^']+)'/g), ([, name]) => name)
  return imported.some((name) =>
    OF_INTEGRATIONS.some((other) => name === other || name.startsWith(`${other}/`)),
  )
}
