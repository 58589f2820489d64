// A property that is tried with made-up values for a while.

import fc from 'fast-check'

const SECONDS = Number(process.env.FUZZ_SECONDS) || 6
const seed = Number(process.env.SEED) || 20_261_129

/** ms, also on a busy machine */
export const TIMEOUT = SECONDS * 1000 + 120_000

/** @param among how many properties share the time */
export async function fuzzed<T>(property: fc.IRawProperty<T>, among: number): Promise<void> {
  const found = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (SECONDS * 1000) / among,
    markInterruptAsFailure: false,
  })
  if (found.failed) throw new Error(fc.defaultReportMessage(found) ?? 'it failed')
  console.log(`counted: ${found.numRuns} made-up values`)
  if (found.numRuns === 0) throw new Error('nothing was tried')
}
