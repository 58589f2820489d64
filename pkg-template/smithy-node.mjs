// One class for both module systems, by name as in node.mjs.

export { SignatureV4, SignatureV4a, SignatureV4MultiRegion } from './smithy.cjs'
