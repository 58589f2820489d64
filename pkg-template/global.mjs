// The script-tag build: a global apigClientFactory, as the JavaScript SDK of an API has it.

import module from 'gatesign-module'
import { createSigner, diagnose, newClient } from 'gatesign-src/index.js'
import { useModule } from 'gatesign-src/module.js'

const bytes = () => Uint8Array.from(atob(module), (c) => c.charCodeAt(0))
useModule(() => new WebAssembly.Instance(new WebAssembly.Module(bytes())))

globalThis.apigClientFactory = { newClient, createSigner, diagnose }
