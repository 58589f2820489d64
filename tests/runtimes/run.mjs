// The runtime matrix: node tests/runtimes/run.mjs [--only NAME]… [--list] [--write-docs]
//
// Every row loads the packed tarball in a runtime, or builds it with a bundler, and runs smoke/smoke.mjs
// against a gateway of its own. NAME is a part of a row's id. A whole run writes target/matrix.json;
// with --write-docs and no failure also docs/figures.json and the documents that show it.

import { startGateway } from '../lib/gateway.mjs'
import * as launchers from './lib/browsers.mjs'
import { endAll } from './lib/process.mjs'
import { Project } from './lib/project.mjs'
import { failures, table, write, writeDocs } from './lib/report.mjs'

/** Rows at the same time. */
const AT_ONCE = 3

const only = process.argv.flatMap((option, index) =>
  option === '--only' ? [process.argv[index + 1] ?? ''] : [],
)
const rows = (
  await Promise.all(
    ['package', 'processes', 'jest', 'pages', 'bundlers', 'servers'].map(
      (name) => import(`./rows/${name}.mjs`),
    ),
  )
)
  .flatMap((module) => module.rows)
  .filter(({ id }) => only.length === 0 || only.some((name) => id.includes(name)))

if (process.argv.includes('--list')) {
  for (const { id, runtime, how } of rows) console.log(`${id.padEnd(24)} ${runtime}: ${how}`)
} else if (rows.length === 0) {
  console.error(`no row has ${only.join(' or ')} in its name; --list shows them`)
  process.exitCode = 1
} else {
  await matrix()
}

async function matrix() {
  const project = await Project.make()
  const browsers = onFirstUse(launchers)
  const results = []
  const waiting = rows.entries()
  const work = async () => {
    for (const [place, row] of waiting) {
      results[place] = await result(row, { project, browsers: browsers.open })
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  } finally {
    await browsers.close()
    endAll()
    project.remove()
  }
  console.log(table(results))
  const failed = results.flatMap((row) => row.failed)
  if (failed.length > 0) console.log(`\n${failures(results)}`)
  // A part of the matrix is not the matrix.
  if (only.length === 0) {
    write(results)
    if (process.argv.includes('--write-docs') && failed.length === 0) writeDocs(results)
  }
  const passed = results.flatMap((row) => row.passed)
  const described = `${results.length} rows, ${passed.length} checks passed, ${failed.length} failed`
  console.log(`counted: ${described}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

/** Runs one row; what stops it is a failure of the row. */
async function result(row, context) {
  const started = Date.now()
  const described = { id: row.id, runtime: row.runtime, how: row.how }
  let gateway
  try {
    gateway = await startGateway()
    const { version, passed, failed } = await row.run({ ...context, gateway })
    return { ...described, version, ms: Date.now() - started, passed, failed }
  } catch (error) {
    const failed = [{ name: 'the row runs', error: error.message }]
    return { ...described, ms: Date.now() - started, passed: [], failed }
  } finally {
    gateway?.stop()
  }
}

/** Browsers are started when a row first asks for them, once. */
function onFirstUse(launchers) {
  const started = {}
  const open = Object.fromEntries(
    Object.entries(launchers).map(([name, launch]) => [name, () => (started[name] ??= launch())]),
  )
  const close = async () => {
    for (const browser of await Promise.allSettled(Object.values(started))) {
      if (browser.status === 'fulfilled') await browser.value.close().catch(() => {})
    }
  }
  return { open, close }
}
