/**
 * Signature Version 4A: a signature for a set of regions. S3 multi-region access points, EventBridge global endpoints
 * and CloudFront KeyValueStore require it; API Gateway, VPC Lattice and S3 accept it next to Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 *
 * It has its own WebAssembly module, so that the main entry does not contain the curve P-256.
 */

import type { Signature, Signer, SignerOptions } from './index.js'

/**
 * The value for the option `signature` of `newClient`:
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

/** The options of `createSigner`: those of the main entry, with a set of regions instead of one. */
export interface V4aSignerOptions extends Omit<SignerOptions, 'region'> {
  /**
   * The regions that the signature is valid for, as a list or separated by commas: `us-east-1,eu-west-1`; `*` for all.
   * Sent and signed as `x-amz-region-set`, in a presigned URL as `X-Amz-Region-Set`.
   */
  regionSet: string | readonly string[]
}

/**
 * Creates a signer for Signature Version 4A: ECDSA on P-256 with SHA-256. The key pair is derived from the access key
 * once, for all days, regions and services. Signing the same request at the same time results in the same signature
 * (RFC 6979).
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
