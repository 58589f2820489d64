// What a host name says: region, service, API id, stage.

import { apiOf } from '../../../src/js/host.js'
import { own } from './json'

export interface Endpoint {
  region: string
  service: string
  /** Of an API Gateway host. */
  apiId: string
  /** Something that will not work, in one sentence; empty if there is nothing. */
  warning: string
}

const NOTHING: Endpoint = { region: '', service: '', apiId: '', warning: '' }

/** Endpoints without a region in their name, and where they are signed for. */
const GLOBAL: Record<string, string> = {
  iam: 'us-east-1',
  sts: 'us-east-1',
  route53: 'us-east-1',
  s3: 'us-east-1',
}

/** The service name in the credential scope where it is not the one in the host. */
const SIGNING_NAMES: Record<string, string> = {
  email: 'ses',
}

/** Reads an absolute URL; of a URL that is not finished it says nothing. */
export function endpointOf(url: string): Endpoint {
  const [, host = '', path = ''] = /^(?:https?|wss?):\/\/([^/?#\s]+)([^?#]*)/i.exec(url.trim()) ?? []
  const name = host.toLowerCase().replace(/:\d+$/, '')
  const api = apiOf(name)
  if (api) {
    return { region: api.region, service: 'execute-api', apiId: api.id, warning: warningOf(name, path) }
  }
  const lambda = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(name)
  if (lambda) return { ...NOTHING, region: lambda[1] ?? '', service: 'lambda' }
  const regional =
    /(?:^|\.)([a-z0-9-]+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/.exec(name)
  if (regional) {
    const [, service = '', region = ''] = regional
    return { ...NOTHING, region, service: own(SIGNING_NAMES, service) ?? service }
  }
  const global = /(?:^|\.)([a-z0-9-]+)\.amazonaws\.com$/.exec(name)?.[1] ?? ''
  const signedIn = own(GLOBAL, global)
  return signedIn ? { ...NOTHING, region: signedIn, service: global } : NOTHING
}

function warningOf(host: string, path: string): string {
  if (host.startsWith('vpce-')) {
    return 'A VPC endpoint serves many APIs: add the header x-apigw-api-id with the id of yours.'
  }
  if (path === '' || path === '/')
    return 'The stage is missing: the path of an API Gateway URL begins with it, as in /prod.'
  return ''
}
