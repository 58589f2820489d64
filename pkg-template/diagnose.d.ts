/**
 * `diagnose` alone, for pages that read refusals and make no calls. The main entry has it too; there bundlers leave it
 * out where it is not imported.
 *
 * ```js
 * import { diagnose } from 'gatesign/diagnose'
 *
 * console.log(diagnose('{"message":"Missing Authentication Token"}').hint)
 * ```
 */

export type { Diagnosis, Explanation } from './index.js'
export { diagnose } from './index.js'
