// gatesign/slim in browsers: as web.mjs, diagnose is a script of its own, that bundlers leave out where nobody imports it.

export { diagnose } from './diagnose.mjs'
export * from './slim-client.mjs'
export { default } from './slim-client.mjs'
