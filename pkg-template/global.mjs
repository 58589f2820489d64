// The script-tag build: a global apigClientFactory, as the JavaScript SDK of an API has it.

import { createSigner, diagnose, newClient } from 'gatesign-src/index.ts'

globalThis.apigClientFactory = { newClient, createSigner, diagnose }

import module from 'gatesign-module-ascii/gatesign'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.ts'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
