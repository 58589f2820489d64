import { ACCESS_KEY, INVOKE_URL, SECRET_KEY } from '$app/env/private'

// Read when the server starts, not when it is built.
export const configOf = () => ({
  invokeUrl: INVOKE_URL,
  region: 'us-east-1',
  accessKey: ACCESS_KEY,
  secretKey: SECRET_KEY,
})
