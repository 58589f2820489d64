// Read when a request comes, not when it is built.
export const configOf = () => ({
  invokeUrl: process.env.INVOKE_URL,
  region: 'us-east-1',
  accessKey: process.env.ACCESS_KEY,
  secretKey: process.env.SECRET_KEY,
})
