// The web tester of `cargo xtask demo`: the server of `gatesign serve`, with requests that are ready to send
// and a made-up profile.
//
//     node xtask/tester.mjs FOLDER PORT CONFIG GATEWAY

import { once } from 'node:events'
import { startProfile } from './demo-profile.mjs'
import { importSource } from './sources.mjs'

const { tester } = await importSource('src/cli/serve/server.ts')

const [folder, port, config, gateway] = process.argv.slice(2)
const profiles = [await startProfile('target/demo', gateway)]
const server = tester({ folder, allowed: [], profiles, log() {}, config: JSON.parse(config) })()
server.listen(Number(port), '127.0.0.1')
await once(server, 'listening')
console.log(`tester listening on http://127.0.0.1:${server.address().port}/`)
