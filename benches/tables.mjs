// The README's two tables of a run: the figures that a reader asks for first, and every row.

/** Rows of the short table: its text, the measurement, and what of its value is shown. */
const SHORT = [
  ['sign a GET in Node', 'Node', 'sign GET', time],
  ['sign a GET in Chromium', 'Chromium', 'sign GET', time],
  ['sign a POST of 64 KB in Node', 'Node', 'sign POST 64 KB', time],
  ['import and first signature in Node', 'Node', 'import and first signature', time],
  ['`invokeApi`, 64 at a time', 'Node', 'invokeApi, 64 at a time', (value) => value.split(', ')[1]],
]
const NAMES = [
  'gatesign',
  'aws4',
  'aws4fetch',
  'smithy + sha256-js',
  'smithy + Node crypto',
  'aws-api-gateway-client',
]
const DOWNLOADS = ['gatesign (browser)', 'gatesign/slim']

function time(value) {
  return value.split(' (')[0]
}

const row = (cells) => `| ${cells.join(' | ')} |`

/**
 * @param {{ where: string, what: string, name: string, value: string, ratio: string }[]} rows
 * @returns {string} Markdown
 */
export function tables(rows) {
  const short = SHORT.map(([text, where, what, shown]) => {
    const found = (name) => rows.find((row) => row.where === where && row.what === what && row.name === name)
    return row([text, ...NAMES.map((name) => (found(name) ? shown(found(name).value) : ''))])
  })
  const brotli = DOWNLOADS.map((name) => {
    const { value } = rows.find((row) => row.where === 'download' && row.name === name)
    return `${value.split(', ')[2]} for ${name}`
  })
  return [
    row(['', ...NAMES]),
    row(['---', ...NAMES.map(() => '---')]),
    ...short,
    '',
    `Download after brotli: ${brotli.join(', ')}.`,
    '',
    '<details>',
    '<summary>Every row</summary>',
    '',
    '| where | what | | median (middle half) | beside gatesign |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(({ where, what, name, value, ratio }) => row([where, what, name, value, ratio])),
    '',
    '</details>',
  ].join('\n')
}
