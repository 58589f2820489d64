/**
 * `createSigner` alone, for pages that sign and do not send: in browsers its module has nothing else in it, and is a
 * third of the main entry's download. In Node, Deno, Bun and Workers it is the main entry's.
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
