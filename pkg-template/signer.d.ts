/**
 * Only `createSigner`, for pages that sign and do not send. In browsers its module contains nothing else and is less
 * than half of the main entry's download. It does not know the names of AWS's hosts, so an explanation has no `warning`
 * there. In Node, Deno, Bun and Workers it is the same as in the main entry.
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
