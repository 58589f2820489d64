export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  // Read from NUXT_INVOKE_URL and so on when it starts.
  runtimeConfig: { invokeUrl: '', accessKey: '', secretKey: '' },
})
