// All rows, and what runs them.

import { startGateway } from '../../lib/gateway.mjs'
import { clients } from './apps.mjs'
import { Checks } from './checks.mjs'
import { failures, lines, write, writeDocs } from './report.mjs'

/** Rows at the same time. */
const AT_ONCE = 2

/** Ms that a row may take; builds of frameworks are the longest. */
const ROW = 1_800_000

const FILES = [
  'http',
  'openapi',
  'graphql',
  'mcp',
  'appsync',
  'proxy',
  'dashboard',
  'runners',
  'frameworks',
  'electron',
  'snippets',
]

/** @param {string[]} args */
export async function main(args) {
  const only = args.flatMap((option, index) => (option === '--only' ? [args[index + 1] ?? ''] : []))
  const modules = await Promise.all(FILES.map((name) => import(`../clients/${name}.mjs`)))
  const rows = modules
    .flatMap((module) => module.rows)
    .filter(({ id }) => only.length === 0 || only.some((name) => id.includes(name)))
  if (args.includes('--list')) {
    for (const { id, name, how } of rows) console.log(`${id.padEnd(24)} ${name}: ${how}`)
    return
  }
  if (rows.length === 0) {
    console.error(`no row has ${only.join(' or ')} in its name; --list shows them`)
    process.exitCode = 1
    return
  }
  const results = []
  const waiting = rows.entries()
  const work = async () => {
    for (const [place, row] of waiting) results[place] = await result(row)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  console.log(lines(results).join('\n'))
  const failed = failures(results)
  if (failed.length > 0) console.log(`\n${failed.join('\n')}`)
  // A part of the table is not the table.
  if (only.length === 0) {
    write(results)
    if (args.includes('--write-docs') && failed.length === 0) writeDocs(results)
  }
  const passed = results.flatMap((row) => row.passed)
  console.log(
    `counted: ${results.length} integrations, ${passed.length} checks passed, ${failed.length} failed`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}

/** Runs one row; what stops it is a failure of the row. */
async function result({ id, name, how, packages, project = clients, run }) {
  const started = Date.now()
  const gateway = await startGateway()
  const checks = new Checks(gateway)
  await checks.check('the row runs', () => run(checks), ROW)
  await gateway.stop()
  const versions = packages.map((pack) =>
    packages.length > 1 ? `${pack} ${project.versionOf(pack)}` : project.versionOf(pack),
  )
  const passed = checks.passed.filter((check) => check !== 'the row runs')
  return { id, name, how, versions, ms: Date.now() - started, passed, failed: checks.failed }
}
