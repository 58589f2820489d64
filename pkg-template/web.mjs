// Browsers. diagnose is a script of its own: bundlers leave it out where nobody imports it.

export * from './client.mjs'
export { default } from './client.mjs'
export { diagnose } from './diagnose.mjs'
