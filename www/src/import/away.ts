// The page's side of the reader: it stops reading a text that takes too long.

import { type Imported, ImportProblem } from './imported'

/** ms */
const LONGEST = 20_000

const TOO_LONG = `Reading this took longer than ${LONGEST / 1000} seconds and was stopped: import a part of it.`

/** @throws {ImportProblem} */
export function readAway(text: string, signal?: AbortSignal): Promise<Imported> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const ended = new Promise<Imported>((resolve, reject) => {
    const fail = (message: string) => reject(new ImportProblem(message))
    const timer = setTimeout(() => fail(TOO_LONG), LONGEST)
    const stop = () => fail('The import was stopped.')
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    worker.onmessage = ({ data: { found, problem } }) => {
      clearTimeout(timer)
      if (found) resolve(found)
      else fail(problem)
    }
    worker.onerror = () => fail('This text could not be read: it needs more memory than there is.')
  })
  worker.postMessage(text)
  return ended.finally(() => worker.terminate())
}
