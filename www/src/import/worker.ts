// Reads a text outside the page's thread; the page can stop it.

import { ready } from '../sign/gatesign'
import { ImportProblem } from './imported'
import { readText } from './read'

self.onmessage = async ({ data }: MessageEvent<string>) => {
  try {
    // The package reads region and service from a host's name.
    await ready
    postMessage({ found: await readText(data) })
  } catch (error) {
    // An engine's own error, such as a stack overflow, is reported by its meaning.
    const { message } = error as Error
    postMessage({
      problem: error instanceof ImportProblem ? message : `This text could not be read: ${message}.`,
    })
  }
}
