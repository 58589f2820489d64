// Writes docs/api.md from the types of the package: node xtask/release/api.mjs [--check]
//
// index.d.ts is written by hand and documents everything; this only gives it headings, tables and links.

import { readFileSync, writeFileSync } from 'node:fs'

const FROM = 'pkg-template/index.d.ts'
const TO = 'docs/api.md'

/** The text of a comment: without stars, its tags as a list of bold words. */
function prose(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\/?\*{1,2}\/?\s?/, '').replace(/\s*\*\/$/, ''))
    .join('\n')
    .trim()
    .replace(/^@throws \{(\w+)\}/gm, '- **throws** `$1`')
    .replace(/^@(\w+)/gm, (_, tag) => `- **${tag}**`)
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
}

const opened = (line) => (line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length

/** Splits lines into comments and what they belong to, at one level of nesting. */
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
    // A type that goes on in the next line ends with the last of its alternatives.
    const next = lines[index + 1] ?? ''
    if (depth > 0 || /[:=]$/.test(line) || /^\s*\|/.test(next)) continue
    yield { comment: prose(comment.join('\n')), code: code.join('\n') }
    comment = []
    code = []
  }
}

/** In one line: a table has no lists. */
const cell = (text) =>
  text
    .replace(/\s*\n- (?=\*\*)/g, '<br>')
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')

function members(body) {
  const rows = [...declarations(body)].map(({ comment, code }) => {
    const bare = code.replace(/\s*\/\*\*.*?\*\//gs, '').trim()
    const signature = bare.replace(/([\w'\])}])\n\s*(?=\w+\??:)/g, '$1; ').replace(/\s*\n\s*/g, ' ')
    return `| \`${cell(signature)}\` | ${cell(comment)} |`
  })
  return ['| member | |', '| --- | --- |', ...rows].join('\n')
}

function section({ comment, code }) {
  const name = /^export (?:declare )?(?:interface|type|function|const|class) (\w+)/.exec(code)?.[1]
  if (!name) return ''
  const lines = code.split('\n')
  const isInterface = /^export interface/.test(code) && lines.length > 1
  const shown = isInterface ? members(lines.slice(1, -1)) : `\`\`\`ts\n${code}\n\`\`\``
  return `## ${name}\n\n${comment ? `${comment}\n\n` : ''}${shown}\n`
}

const source = readFileSync(FROM, 'utf8')
const head = prose(source.slice(0, source.indexOf('*/') + 2))
const rest = source.slice(source.indexOf('*/') + 2).split('\n')
const sections = [...declarations(rest)].map(section).filter((text) => text !== '')
const link = (name) => `[${name}](#${name.toLowerCase()})`
const FIRST = ['newClient', 'Config', 'Client', 'AdditionalParams', 'createSigner', 'Signer', 'diagnose']
const made = `# The JavaScript interface

<!-- Made from ${FROM} by xtask/release/api.mjs. -->

${head}

Begin with ${FIRST.map(link).join(' · ')}.

${sections.join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(TO, made)
else if (readFileSync(TO, 'utf8') !== made) {
  console.error(`${TO} is not what ${FROM} says: node xtask/release/api.mjs writes it`)
  process.exitCode = 1
}
