// OpenStack Swift's S3 interface, which checks signatures of requests, chunks and trailers, and checksums.

import { fileURLToPath } from 'node:url'
import { S3_CREDENTIALS } from '../lib/s3.mjs'
import { startServer } from '../lib/server-process.mjs'

const PROGRAM = fileURLToPath(new URL('s3api.py', import.meta.url))

export async function startSwift() {
  const python = process.env.PYTHON
  if (!python)
    throw new Error('PYTHON must name the python with swift (node tests/lib/setup-sdk.mjs makes it)')
  const { accessKeyId, secretAccessKey } = S3_CREDENTIALS
  return startServer('Swift', python, [PROGRAM, accessKeyId, secretAccessKey], {
    address: /listening on (http:\S+)/,
    from: 'stdout',
  })
}
