/**
 * `createSigner` alone, for pages that sign and do not send: in browsers its module has nothing else in it, and is less
 * than half of the main entry's download. The names of AWS's hosts are not in it, so an explanation has no `warning` there.
 * In Node, Deno, Bun and Workers it is the main entry's.
 *
 * ```js
 * import { createSigner } from 'gatesign/signer'
 *
 * const signer = createSigner({
 *   accessKeyId: process.env.AWS_ACCESS_KEY_ID,
 *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
 *   region: 'us-east-1',
 *   service: 'execute-api',
 * })
 * console.log(signer.sign({ url: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' }).headers)
 * ```
 */

export type {
  Explanation,
  Identity,
  Scalar,
  SignedRequest,
  Signer,
  SignerOptions,
  SignRequest,
  UrlParts,
  Values,
} from './index.js'
export { createSigner } from './index.js'
