/**
 * The script-tag build: it exports nothing and sets a global, as the JavaScript SDK of an API does.
 */

import type { createSigner, diagnose, newClient } from './index.js'

declare global {
  var apigClientFactory: {
    newClient: typeof newClient
    createSigner: typeof createSigner
    diagnose: typeof diagnose
  }
}
