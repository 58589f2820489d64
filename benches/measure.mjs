// Measures cases next to one another: each round runs every case once, so that whatever else the
// machine does meets all of them alike. Used in Node and in a browser.

/** The middle one, and the span of the middle half, of a list of numbers. */
export function middle(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/**
 * @param {{ name: string, run: () => unknown }[]} cases functions that may return a promise
 * @param {{ rounds: number, ms: number }} effort rounds, and about how long a case runs in each
 * @returns {Promise<{ name: string, median: number, low: number, high: number, least: number }[]>} µs for each call
 */
export async function interleaved(cases, { rounds, ms }) {
  const prepared = []
  for (const { name, run } of cases) {
    // Warm up, and find how many calls fill a round.
    const calls = Math.max(1, Math.round(ms / (await timeOf(run, 3))))
    const each = await timeOf(run, calls)
    prepared.push({ name, run, calls: Math.max(1, Math.round(ms / each)), times: [] })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of prepared) entry.times.push(1000 * (await timeOf(entry.run, entry.calls)))
  }
  return prepared.map(({ name, times }) => ({ name, ...middle(times), least: Math.min(...times) }))
}

/** ms for each call. */
async function timeOf(run, calls) {
  const started = performance.now()
  for (let i = 0; i < calls; i += 1) {
    const result = run()
    if (result instanceof Promise) await result
  }
  return Math.max((performance.now() - started) / calls, 0.0001)
}
