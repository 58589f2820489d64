// The S3 server of tests/s3-server: the crate s3s checks every signature.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from './server-process.mjs'

export const S3_CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

export async function startS3() {
  const binary = process.env.S3_SERVER_BIN
  if (!binary)
    throw new Error('S3_SERVER_BIN must name the S3 server (node tests/lib/setup-sdk.mjs builds it)')
  const folder = await mkdtemp(join(tmpdir(), 'gatesign-s3-'))
  const { accessKeyId, secretAccessKey } = S3_CREDENTIALS
  const server = await startServer('the S3 server', binary, [folder, accessKeyId, secretAccessKey], {
    address: /listening on (http:\S+)/,
    from: 'stdout',
  })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
