// Browsers: the module is embedded, so that newClient and createSigner are synchronous and bundlers
// need no setting. Its text comes after all scripts: brotli makes 50 bytes less of it there.

export * from 'gatesign-src/index.js'
export { default } from 'gatesign-src/index.js'

import module from 'gatesign-module-text'
import { useModule } from 'gatesign-src/module.js'

// As xtask/bundle.mjs writes it: a CR as `*`, and what cannot stand in a literal 256 higher.
const bytes = () => Uint8Array.from(module, (c) => (c === '*' ? 13 : c.charCodeAt(0)))
useModule(() => new WebAssembly.Instance(new WebAssembly.Module(bytes())))
