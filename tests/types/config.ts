// newClient with every option.

import { type ApiError, type Client, type Config, type CredentialProvider, newClient } from 'gatesign'

const everything: Config = {
  invokeUrl: new URL('https://abc123.execute-api.us-east-1.amazonaws.com/prod'),
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'secret',
  sessionToken: null,
  region: 'us-east-1',
  service: 'execute-api',
  apiKey: 'key',
  defaultContentType: 'application/json; charset=utf-8',
  defaultAcceptType: 'application/json',
  headers: { 'x-a': 1, 'x-b': ['2', true], 'x-c': undefined, 'x-d': new Date(0) },
  host: 'abc123.execute-api.us-east-1.amazonaws.com',
  systemClockOffset: -5000,
  correctClockSkew: false,
  retries: 3,
  retryCondition: async (error: ApiError) => error.response?.status === 503,
  retryDelay: async (retryCount) => retryCount * 100,
  shouldResetTimeout: true,
  queryArrayFormat: 'repeat',
  fetch: (input, init) => fetch(input, init),
}

/** Promises of nothing repeat, as those of `true` do. */
export const conditions: Config['retryCondition'][] = [
  (error) => error.response && error.response.status > 500,
  async (error) => {
    if (error.code === 'ERR_REDIRECT') return false
    return
  },
  async ({ response }) => {
    if (response?.status === 409) return true
  },
]

declare const environment: { [name: string]: string | undefined }
newClient({
  invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com',
  accessKey: environment.AWS_ACCESS_KEY_ID,
  secretKey: environment.AWS_SECRET_ACCESS_KEY,
  sessionToken: environment.AWS_SESSION_TOKEN,
  apiKey: environment.API_KEY,
})

export const client: Client = newClient(everything)

const provider: CredentialProvider = async () => ({
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiration: new Date(),
})
newClient({ invokeUrl: 'wss://abc123.execute-api.us-east-1.amazonaws.com/prod', credentials: provider })
newClient({
  invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com',
  credentials: async (options?: { forceRefresh?: boolean }) => ({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: options?.forceRefresh ? 'new' : 'kept',
  }),
})
newClient({
  invokeUrl: 'http://127.0.0.1:8080',
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
})
newClient({ invokeUrl: 'http://127.0.0.1:8080', headers: null, credentials: null })
