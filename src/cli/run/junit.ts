// The results as JUnit XML, which every CI reads (https://github.com/testmoapp/junitxml).

import { shownLine } from '../shown.ts'

export interface Result {
  title: string
  /** ms */
  time: number
  /** The failed checks. */
  failures: string[]
  /** Why there was no answer; empty if there was one. */
  error: string
}

const escaped = (text: string) => shownLine(text).replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)

export function junit(name: string, results: Result[]): string {
  const failures = results.filter(({ failures }) => failures.length > 0).length
  const errors = results.filter(({ error }) => error !== '').length
  const seconds = (ms: number) => (ms / 1000).toFixed(3)
  const total = seconds(results.reduce((sum, { time }) => sum + time, 0))
  const counts = `tests="${results.length}" failures="${failures}" errors="${errors}" time="${total}"`
  const cases = results.map(({ title, time, failures, error }) => {
    const inner = [
      ...failures.map((text) => `      <failure message="${escaped(text)}"/>\n`),
      ...(error === '' ? [] : [`      <error message="${escaped(error)}"/>\n`]),
    ].join('')
    const head = `    <testcase classname="${escaped(name)}" name="${escaped(title)}" time="${seconds(time)}"`
    return inner === '' ? `${head}/>\n` : `${head}>\n${inner}    </testcase>\n`
  })
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n` +
    `  <testsuite name="${escaped(name)}" ${counts}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`
  )
}
