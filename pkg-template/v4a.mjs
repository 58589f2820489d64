// createSigner of Signature Version 4A, with a module of its own.

export { createSigner } from 'gatesign-src/v4a.ts'
export { v4a } from 'gatesign-src/v4a-client.ts'

import module from 'gatesign-module-ascii/v4a'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.ts'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
