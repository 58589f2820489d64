// Browsers: the module is embedded, so that newClient and createSigner are synchronous and bundlers
// need no setting.

import module from 'gatesign-module-text'
import { useModule } from 'gatesign-src/core.js'

useModule(() => Uint8Array.from(module, (c) => c.charCodeAt(0)))

export * from 'gatesign-src/index.js'
export { default } from 'gatesign-src/index.js'
