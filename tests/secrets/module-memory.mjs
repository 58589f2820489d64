// The memory of the package's module: it makes one instance and keeps it to itself, so its memory is seen as it is
// made. Load the package after this, with `await import`.

import assert from 'node:assert/strict'

/** @type {WebAssembly.Memory[]} */
const memories = []
const { Instance } = WebAssembly
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    // Node's own fetch has a module too.
    if (this.exports.output) memories.push(this.exports.memory)
  }
}

/** The one memory, once there is an instance. */
export function moduleMemory() {
  assert.equal(memories.length, 1, 'one instance, whose memory was seen')
  return memories[0]
}

/** All of its bytes, as they are now. */
export const moduleBytes = () => Buffer.from(moduleMemory().buffer)
