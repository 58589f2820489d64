// For `require` under browsers' conditions, as web-require.mjs.

export { fromCognitoIdentity, fromCognitoIdentityPool } from 'gatesign-credentials/cognito.ts'
export { fromHttp } from 'gatesign-credentials/http.ts'
export { fromWebToken } from 'gatesign-credentials/sts.ts'

import { temporaryCredentials } from 'gatesign-credentials/sts.ts'
import { newClient } from './web.cjs'

export const fromTemporaryCredentials = (options) => temporaryCredentials(options, newClient)
