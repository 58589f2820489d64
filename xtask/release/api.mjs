// Writes docs/api.md from the types of the package: node xtask/release/api.mjs [--check]
//
// The types are written by hand and document everything; this script only adds headings, tables and links. tests/docs
// runs the examples in `js`; tests/package/examples.test.mjs checks the types of all examples.

import { readFileSync, writeFileSync } from 'node:fs'

const FROM = 'pkg-template/index.d.ts'
/** The imports other than the main entry, and the names of their types. */
const SUBPATHS = [
  ['gatesign/slim', 'slim'],
  ['gatesign/signer', 'signer'],
  ['gatesign/diagnose', 'diagnose'],
  ['gatesign/credentials', 'credentials-web'],
  ['gatesign/credentials in Node, Deno and Bun', 'credentials'],
  ['gatesign/streams', 'streams'],
  ['gatesign/events', 'events'],
  ['gatesign/axios', 'axios'],
  ['gatesign/undici', 'undici'],
  ['gatesign/appsync', 'appsync'],
  ['gatesign/smithy', 'smithy'],
  ['gatesign/v4a', 'v4a'],
  ['gatesign/verify', 'verify'],
  ['gatesign/sdk', 'sdk'],
  ['gatesign/sigv4client', 'sigv4client'],
  ['gatesign/global', 'global'],
]
const TO = 'docs/api.md'

/** The text of a comment: without stars, its tags as a list of bold words. */
function prose(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\/?\*{1,2}\/?\s?/, '').replace(/\s*\*\/$/, ''))
    .join('\n')
    .trim()
    .replace(/^@throws \{(\w+)\}/gm, '- **throws** `$1`')
    .replace(/^@default (true|false|\d+|'[^'\n]*'|\{\}|globalThis\.fetch)/gm, '- **default** `$1`')
    .replace(/^@example\n/gm, '\n')
    .replace(/^@(\w+)/gm, (_, tag) => `- **${tag}**`)
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
}

const opened = (line) => (line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length

/** Splits lines into comments and their declarations, at one level of nesting. */
function* declarations(lines) {
  let comment = []
  let inComment = false
  let code = []
  let depth = 0
  for (const [index, line] of lines.entries()) {
    if (code.length === 0 && (inComment || /^\s*\/\*\*/.test(line))) {
      if (!inComment) comment = []
      inComment = !line.includes('*/')
      comment.push(line)
      continue
    }
    if (line.trim() === '' && code.length === 0) {
      comment = []
      continue
    }
    code.push(line)
    depth += /^\s*(\/\*\*|\*)/.test(line) ? 0 : opened(line)
    // A type that continues on the next line ends with the last of its alternatives.
    const next = lines[index + 1] ?? ''
    if (depth > 0 || /[:=]$/.test(line) || /^\s*\|/.test(next)) continue
    yield { comment: prose(comment.join('\n')), code: code.join('\n') }
    comment = []
    code = []
  }
}

/** A table cell has one line and no lists. */
const cell = (text) =>
  text
    .replace(/\s*\n- (?=\*\*)/g, '<br>')
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')

const FENCE = /\n*^```[\s\S]*?^```$/gm

/** A table, then its examples, which do not fit into a cell. */
function members(body) {
  const examples = []
  const rows = [...declarations(body)].map(({ comment: whole, code }) => {
    const comment = whole.replace(FENCE, '')
    const name = /^\s*(?:readonly )?(\w+)/.exec(code)?.[1]
    for (const [fence] of whole.matchAll(FENCE)) examples.push(`\`${name}\`:\n\n${fence.trim()}`)
    const bare = code.replace(/\s*\/\*\*.*?\*\//gs, '').trim()
    const signature = bare.replace(/([\w'\])}])\n\s*(?=\w+\??:)/g, '$1; ').replace(/\s*\n\s*/g, ' ')
    return `| \`${cell(signature)}\` | ${cell(comment)} |`
  })
  return [['| member | |', '| --- | --- |', ...rows].join('\n'), ...examples].join('\n\n')
}

/** @param {string} level of its heading */
function section({ comment, code }, level) {
  const name = /^export (?:declare )?(?:interface|type|function|const|class) (\w+)/.exec(code)?.[1]
  if (!name) return ''
  const lines = code.split('\n')
  const hasMembers = /^export (interface|declare class)/.test(code) && lines.length > 1
  const shown = hasMembers ? members(lines.slice(1, -1)) : `\`\`\`ts\n${code}\n\`\`\``
  return `${level} ${name}\n\n${comment ? `${comment}\n\n` : ''}${shown}\n`
}

/** The first comment of a file and a section for each thing that it declares. */
function read(file, level) {
  const source = readFileSync(file, 'utf8')
  const end = source.indexOf('*/') + 2
  const sections = [...declarations(source.slice(end).split('\n'))].map((one) => section(one, level))
  return { head: prose(source.slice(0, end)), sections: sections.filter((text) => text !== '') }
}

const link = (name) =>
  `[${name}](#${name
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')})`
const FIRST = ['newClient', 'Config', 'Client', 'AdditionalParams', 'createSigner', 'Signer', 'diagnose']
const { head, sections } = read(FROM, '##')
const subpaths = SUBPATHS.map(([title, name]) => {
  const of = read(`pkg-template/${name}.d.ts`, '###')
  return [`## ${title}\n\n${of.head}\n`, ...of.sections].join('\n')
})
const made = `# The JavaScript interface

<!-- Made from pkg-template/*.d.ts by xtask/release/api.mjs. -->

${head}

Begin with ${FIRST.map(link).join(' · ')}.

Other imports: ${SUBPATHS.map(([title]) => link(title)).join(' · ')}.

${[...sections, ...subpaths].join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(TO, made)
else if (readFileSync(TO, 'utf8') !== made) {
  console.error(`${TO} is not what the types say: node xtask/release/api.mjs writes it`)
  process.exitCode = 1
}
