// The package, loaded once: its module is a file of its own next to the page.

import { init } from 'gatesign/slim'

export type { Diagnosis, Explanation } from 'gatesign'
export { createSigner, endpointOf, newClient } from 'gatesign/slim'

export const ready = init()
