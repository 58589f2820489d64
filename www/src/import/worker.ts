// Reads a text away from the page, which can end it.

import { ready } from '../sign/gatesign'
import { ImportProblem } from './imported'
import { readText } from './read'

self.onmessage = async ({ data }: MessageEvent<string>) => {
  try {
    // The package tells which region and service a host names.
    await ready
    postMessage({ found: await readText(data) })
  } catch (error) {
    // An engine's own error, of a stack that is too small for instance, is told as what it means.
    const { message } = error as Error
    postMessage({
      problem: error instanceof ImportProblem ? message : `This text could not be read: ${message}.`,
    })
  }
}
