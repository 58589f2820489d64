// One class for both module systems, by name as in node.mjs.

export { SignatureV4 } from './smithy.cjs'
