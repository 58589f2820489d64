// diagnose alone, with a module that does nothing else.

export { diagnose } from 'gatesign-src/diagnose.js'

import module from 'gatesign-module-ascii/diagnose'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.js'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
