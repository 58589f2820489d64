// Preloaded into programs that send with Node's https, as the old package and users of aws4 do: requests to AWS
// hosts go to the local gateway, with the host that was signed.

const http = require('node:http')
const https = require('node:https')

const { hostname, port } = new URL(process.env.DOCS_GATEWAY)

https.request = (options, done) => {
  const called = options.hostname ?? options.host
  if (!called.endsWith('.amazonaws.com')) throw new Error(`a snippet must not call ${called}`)
  const names = Object.keys(options.headers ?? {}).map((name) => name.toLowerCase())
  const headers = names.includes('host') ? options.headers : { ...options.headers, host: called }
  const to = { hostname, port, host: undefined, protocol: 'http:', agent: undefined, agents: undefined }
  return http.request({ ...options, ...to, headers }, done)
}
