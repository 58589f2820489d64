export const configOf = () => {
  const { invokeUrl, accessKey, secretKey } = useRuntimeConfig()
  return { invokeUrl, accessKey, secretKey, region: 'us-east-1' }
}
