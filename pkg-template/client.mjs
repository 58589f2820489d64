// The main entry in browsers, but for diagnose: the module is embedded, so that newClient and createSigner are
// synchronous and bundlers need no setting. Its text comes after all scripts: brotli makes 50 bytes less of it there.

export {
  apigClientFactory,
  apigClientFactory as default,
  createSigner,
  endpointOf,
  newClient,
} from 'gatesign-src/index.ts'

import module from 'gatesign-module-ascii/gatesign'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.ts'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
