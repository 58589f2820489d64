// Credentials in pages, next to the main entry, whose client signs what has to be signed.

export { fromCognitoIdentity, fromCognitoIdentityPool } from 'gatesign-credentials/cognito.ts'
export { fromHttp } from 'gatesign-credentials/http.ts'
export { fromWebToken } from 'gatesign-credentials/sts.ts'

import { temporaryCredentials } from 'gatesign-credentials/sts.ts'
import { newClient } from './client.mjs'

export const fromTemporaryCredentials = (options) => temporaryCredentials(options, newClient)
