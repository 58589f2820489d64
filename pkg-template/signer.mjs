// createSigner alone, with a module that does nothing else: AWS's names of hosts, a tenth of it, are not in there.

import module from 'gatesign-module-ascii/signer'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.ts'
import { newSignerWith } from 'gatesign-src/signer.ts'

export const createSigner = (options) => newSignerWith(options, (explanation) => explanation)

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
