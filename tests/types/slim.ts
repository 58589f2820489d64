// gatesign/slim: init takes whatever holds the module.

import module from 'gatesign/gatesign.wasm'
import withoutSimd from 'gatesign/gatesign-nosimd.wasm'
import apigClientFactory, { createSigner, diagnose, init, newClient } from 'gatesign/slim'

export async function start() {
  await init()
  await init('/assets/gatesign.wasm')
  await init(withoutSimd)
  await init(new URL('https://example.com/gatesign.wasm'))
  await init(fetch('/assets/gatesign.wasm'))
  await init(new Uint8Array(8))
  await init(module)
  return [createSigner, diagnose, newClient, apigClientFactory.newClient]
}
