// The page's side of the worker.

import type { Tasks } from './worker'

type Input<Name extends keyof Tasks> = Parameters<Tasks[Name]>[0]
type Output<Name extends keyof Tasks> = ReturnType<Tasks[Name]>

let readers = 0

export class Reader {
  /** Unique for each answer. */
  readonly id = ++readers
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  private readonly waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >()
  private next = 0

  constructor() {
    this.worker.onmessage = ({ data: { id, output, error } }) => {
      const task = this.waiting.get(id)
      this.waiting.delete(id)
      if (error === undefined) task?.resolve(output as never)
      else task?.reject(new Error(error))
    }
    this.worker.onerror = () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the answer could not be read'))
      this.waiting.clear()
    }
  }

  ask<Name extends keyof Tasks>(task: Name, input: Input<Name>): Promise<Output<Name>> {
    return new Promise((resolve, reject) => {
      const id = this.next++
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ id, task, input })
    })
  }

  end() {
    this.worker.terminate()
  }
}
