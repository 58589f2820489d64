// One object for both module systems, by name as in node.mjs.

export { sigV4Client, sigV4Client as default } from './sigv4client.cjs'
