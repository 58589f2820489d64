// One instance for both module systems, by name as in node.mjs.

export { createSigner, v4a } from './v4a.cjs'
