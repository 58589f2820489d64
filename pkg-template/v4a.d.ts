/**
 * Signature Version 4A: a signature for a set of regions, which S3 multi-region access points, EventBridge global
 * endpoints and CloudFront KeyValueStore need, and API Gateway, VPC Lattice and S3 take next to Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 *
 * It has a WebAssembly module of its own, so that the main entry does not grow by the curve P-256.
 */

import type { Signature, Signer, SignerOptions } from './index.js'

/**
 * What `signature` of `newClient` takes:
 *
 * ```js
 * import { newClient } from 'gatesign'
 * import { v4a } from 'gatesign/v4a'
 *
 * const client = newClient({
 *   invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
 *   accessKey: 'AKIDEXAMPLE',
 *   secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
 *   signature: v4a,
 *   regionSet: ['us-east-1', 'eu-west-1'],
 * })
 * const { headers } = await client.sign({ pathTemplate: '/movies' })
 * console.log(headers['x-amz-region-set']) // us-east-1,eu-west-1
 * ```
 */
export declare const v4a: Signature

/** What `createSigner` takes: that of the main entry, with a set of regions in place of one. */
export interface V4aSignerOptions extends Omit<SignerOptions, 'region'> {
  /**
   * The regions that the signature is for, as a list or with commas between them: `us-east-1,eu-west-1`; `*` for
   * all. It is sent and signed as `x-amz-region-set`, or in a presigned URL as `X-Amz-Region-Set`.
   */
  regionSet: string | readonly string[]
}

/**
 * A signer of Signature Version 4A: ECDSA on P-256 with SHA-256. The key pair is derived from the access key once,
 * for all days, regions and services. The same request at the same time has the same signature (RFC 6979).
 *
 * @throws {TypeError} that names the option that cannot work
 * @example
 * ```js
 * import { createSigner } from 'gatesign/v4a'
 *
 * const signer = createSigner({
 *   accessKeyId: 'AKIDEXAMPLE',
 *   secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
 *   regionSet: '*',
 *   service: 's3',
 * })
 * const { headers } = signer.sign({ url: 'https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/key' })
 * console.log(headers['x-amz-region-set']) // *
 * signer.destroy()
 * ```
 */
export function createSigner(options: V4aSignerOptions): Signer
