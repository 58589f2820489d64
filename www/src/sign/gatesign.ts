// The package, loaded once; its module is a separate file next to the page.

import { init } from 'gatesign/slim'

export type { Diagnosis, Explanation } from 'gatesign'
export { createSigner, endpointOf, newClient } from 'gatesign/slim'

export const ready = init()

/** Signature Version 4A has its own module, which only a call with such a signature loads. */
const loading = () => import('gatesign/v4a')
let loaded: Awaited<ReturnType<typeof loading>> | undefined

export async function loadV4a(): Promise<void> {
  loaded ??= await loading()
}

/** @throws {Error} before `loadV4a` */
export function v4aModule() {
  if (!loaded) throw new Error('gatesign/v4a is not loaded yet.')
  return loaded
}
