// How the time of something grows with its input.

/**
 * @typedef {object} Growing
 * @property {string} name
 * @property {number} items the most
 * @property {(n: number) => () => unknown} make what is measured, with n items
 */

/** In proportion, with room for what sorts. */
export const MOST = 1.2

/** In a test, which shares memory and caches with whatever runs next to it. What is quadratic is still above. */
export const MOST_IN_TESTS = 1.5

/** Below this a difference is the clock's. ms of the processor */
const TELLS = 5

/** The shortest of some runs, in ms of the processor: what else the machine does is not in it. */
async function timeOf(run, runs) {
  let shortest = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i += 1) {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    shortest = Math.min(shortest, (user + system) / 1000)
  }
  return shortest
}

/**
 * The time of 1, 4, 16 and 64 parts of the input.
 *
 * @param {Growing} growing
 * @param {number} [runs]
 */
export async function measure({ name, items, make }, runs = 3) {
  const times = []
  for (const part of [64, 16, 4, 1]) {
    const run = make(Math.ceil(items / part))
    await run()
    times.push(await timeOf(run, runs))
  }
  return { name, items, times, exponent: exponent(times) }
}

/** The slope of the logarithms, over those that take long enough to tell. */
function exponent(times) {
  const points = times
    .map((time, at) => [at * Math.log(4), Math.log(time)])
    .filter(([, log]) => log >= Math.log(TELLS))
  if (points.length < 2) return 0
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}

/**
 * Measures again what is above the bound: a collection of garbage makes one run longer, but not each of several.
 *
 * @param {Growing} growing
 */
export async function least(growing) {
  let best = await measure(growing)
  for (let again = 0; again < 4 && best.exponent > MOST; again += 1) {
    const next = await measure(growing, 5)
    if (next.exponent < best.exponent) best = next
  }
  return best
}
