// Many calls at once, and how each of them ended; in Node and in a page.

/**
 * Every second call is a POST with an effect that the gateway counts.
 *
 * @param {{ invokeApi: Function }} client
 * @param {{ calls: number, concurrency: number, before?: (number: number) => void }} options
 */
export async function makeCalls(client, { calls, concurrency, before = () => {} }) {
  /** How many times each call ended. */
  const ends = new Array(calls).fill(0)
  /** Ids of the calls that say that they had their effect. */
  const effects = []
  /** What no call may end with: the answer of another one, or an error that is not a call's. */
  const strange = []
  let resolved = 0
  let rejected = 0
  let next = 0

  async function worker() {
    while (next < calls) {
      const number = next
      next += 1
      before(number)
      const id = number % 2 === 0 ? `effect-${number}` : undefined
      const headers = id ? { 'x-effect-id': id } : {}
      await client
        .invokeApi({ number }, '/echo/{number}', id ? 'POST' : 'GET', { headers }, id && { number })
        .then(
          ({ data }) => {
            ends[number] += 1
            resolved += 1
            if (id) effects.push(id)
            if (data.target !== `/stage/echo/${number}`) strange.push(`${number}: ${data.target}`)
          },
          (error) => {
            ends[number] += 1
            rejected += 1
            if (error.isAxiosError !== true) strange.push(`${number}: ${error.stack}`)
          },
        )
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return { once: ends.filter((count) => count === 1).length, resolved, rejected, effects, strange }
}
