// One function for both module systems, by name as in node.mjs.

export { verify } from './verify.cjs'
