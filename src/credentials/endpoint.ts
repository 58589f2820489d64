// The address of a service in a region, and which addresses may get a credential.

import { isLoopback } from '../js/loopback.ts'

/** Domains other than amazonaws.com, by how the names of their regions begin (botocore's partitions.json). */
const DOMAINS: Record<string, string> = {
  cn: 'amazonaws.com.cn',
  eusc: 'amazonaws.eu',
  'us-iso': 'c2s.ic.gov',
  'us-isob': 'sc2s.sgov.gov',
  'us-isof': 'csp.hci.ic.gov',
  'eu-isoe': 'cloud.adc-e.uk',
}

/** The domain of a region's partition. */
export const domainOf = (region: string) =>
  DOMAINS[/^(?:cn|eusc|..-iso.?)(?=-)/.exec(region)?.[0] ?? ''] ?? 'amazonaws.com'

/** Credentials are sent only over TLS or to this machine. */
export const isSafe = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))

/**
 * The address of a service.
 *
 * @param service as it stands in host names: `sts`
 * @throws {TypeError} if an endpoint is given that is neither https nor on this machine, or the region is none
 */
export function serviceUrl(service: string, region: string, endpoint?: string | URL): URL {
  // It becomes a part of a host name.
  if (!endpoint && !/^[\w-]+$/.test(region))
    throw new TypeError(`region must be an AWS region; got ${region}`)
  const url = new URL(endpoint ?? `https://${service}.${region}.${domainOf(region)}/`)
  if (!isSafe(url)) throw new TypeError(`endpoint must use https: or be on this machine; got ${url.origin}`)
  return url
}
