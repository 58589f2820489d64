import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({ INVOKE_URL: {}, ACCESS_KEY: {}, SECRET_KEY: {} })
