import { configOf } from '#lib/server/config.ts'

// The server gives the page a configuration; a real one has its own login for temporary credentials.
export const load = () => ({ config: configOf() })
