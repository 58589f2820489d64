/**
 * The build for script tags: it exports nothing and sets a global variable, as the generated JavaScript SDK of an API
 * does.
 *
 * ```html
 * <script src="https://cdn.jsdelivr.net/npm/gatesign"></script>
 * <script>
 *   const client = apigClientFactory.newClient({ invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' })
 * </script>
 * ```
 */

import type { createSigner, diagnose, newClient } from './index.js'

declare global {
  var apigClientFactory: {
    newClient: typeof newClient
    createSigner: typeof createSigner
    diagnose: typeof diagnose
  }
}
