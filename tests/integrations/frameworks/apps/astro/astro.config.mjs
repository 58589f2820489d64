import node from '@astrojs/node'

export default {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  // All packages go into the server: this folder has none of its own.
  vite: { ssr: { noExternal: true } },
}
