// The web tester of `cargo xtask demo`: the server of `gatesign serve`, with requests that are ready to send and a
// sample profile.
//
//     node xtask/tester.mjs FOLDER PORT GATEWAY KEYS

import { once } from 'node:events'
import { demoConfig } from './demo-config.mjs'
import { newIdentity, startProfile } from './demo-profile.mjs'
import { importSource } from './sources.mjs'

const { tester } = await importSource('src/cli/serve/server.ts')

const [folder, port, gateway, keys] = process.argv.slice(2)
const profiles = [await startProfile('target/demo', gateway)]
const config = demoConfig(gateway, JSON.parse(keys), await newIdentity(gateway, 0))
const server = tester({ folder, allowed: [], profiles, log() {}, config })()
server.listen(Number(port), '127.0.0.1')
await once(server, 'listening')
console.log(`tester listening on http://127.0.0.1:${server.address().port}/`)
