// Cloudflare Workers: a module may be imported but not compiled from bytes.

import { useModule } from 'gatesign-src/module.ts'
import module from './gatesign-v4a.wasm'

useModule(() => new WebAssembly.Instance(module))

export { createSigner } from 'gatesign-src/v4a.ts'
export { v4a } from 'gatesign-src/v4a-client.ts'
