// The script-tag build: a global apigClientFactory, as the JavaScript SDK of an API has it.

import module from 'gatesign-module'
import { useModule } from 'gatesign-src/core.js'
import { createSigner, diagnose, newClient } from 'gatesign-src/index.js'

useModule(() => new WebAssembly.Module(Uint8Array.from(atob(module), (c) => c.charCodeAt(0))))

globalThis.apigClientFactory = { newClient, createSigner, diagnose }
