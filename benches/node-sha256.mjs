import { createHash, createHmac } from 'node:crypto'

/** Node's own SHA-256 in the form that smithy's signer takes. */
export class NodeSha256 {
  constructor(key) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key)
  }

  update(data) {
    this.hash.update(data)
  }

  async digest() {
    return this.hash.digest()
  }
}
