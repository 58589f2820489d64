// Browsers' conditions with `require`, as web.cjs, for what knows neither ES modules nor the condition `module`:
// Jest with jsdom. Tools that do not read `exports` get it too (webpack 4), so it is written for ES2018.

export * from 'gatesign-src/index.ts'
export { default } from 'gatesign-src/index.ts'

import module from 'gatesign-module-ascii/gatesign'
import { decode } from 'gatesign-src/ascii.js'
import { useModule } from 'gatesign-src/module.ts'
import { useText } from 'gatesign-src/utf8.ts'
import * as text from 'gatesign-src/utf8-other.ts'

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(decode(module))))
useText(() => text)
