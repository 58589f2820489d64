// The script-tag build: a global apigClientFactory, as the JavaScript SDK of an API has it.

import { createSigner, diagnose, newClient } from 'gatesign-src/index.js'

globalThis.apigClientFactory = { newClient, createSigner, diagnose }

import module from 'gatesign-module-ascii/gatesign'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.js'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
