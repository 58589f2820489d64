// createSigner alone, with a module that does nothing else.

export { createSigner } from 'gatesign-src/signer.js'

import module from 'gatesign-module-ascii/signer'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.js'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
