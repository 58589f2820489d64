/**
 * Only `diagnose`, for pages that explain refusals and make no calls. The main entry exports it too; bundlers drop it
 * from there if it is not imported.
 *
 * ```js
 * import { diagnose } from 'gatesign/diagnose'
 *
 * console.log(diagnose('{"message":"Missing Authentication Token"}').hint)
 * ```
 */

export type { Diagnosis, Explanation } from './index.js'
export { diagnose } from './index.js'
