// Cloudflare Workers: a module may be imported but not compiled from bytes.

import { useModule } from 'gatesign-src/module.ts'
import module from './gatesign.wasm'

useModule(() => new WebAssembly.Instance(module))

export * from 'gatesign-src/index.ts'
export { default } from 'gatesign-src/index.ts'
