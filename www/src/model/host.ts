// What a host name says, in the page's terms: nothing for an incomplete URL, and a warning if something will not work.

import { isLoopback } from '../../../src/js/loopback'
import { endpointOf as read } from '../sign/gatesign'

export interface Endpoint {
  region: string
  service: string
  /** The API's id in the name of an API Gateway host. */
  apiId: string
  /** One sentence: what will not work; empty if everything will. */
  warning: string
  isVpcEndpoint: boolean
}

/** This computer, where http is safe. */
export const isOwnHost = isLoopback

const NOTHING: Endpoint = { region: '', service: '', apiId: '', warning: '', isVpcEndpoint: false }

/** Reads an absolute URL; the result is empty for an incomplete one. */
export function endpointOf(text: string): Endpoint {
  const trimmed = text.trim()
  if (!/^(?:https?|wss?):\/\//i.test(trimmed) || !URL.canParse(trimmed)) return NOTHING
  const url = new URL(trimmed)
  const { kind, region = '', service = '', apiId = '' } = read(url)
  const isVpcEndpoint = kind === 'vpc-endpoint'
  return {
    region,
    service,
    apiId,
    isVpcEndpoint,
    warning: service === 'execute-api' ? warningOf(kind, url) : '',
  }
}

function warningOf(kind: string, { pathname }: URL): string {
  if (kind === 'vpc-endpoint') {
    return 'A VPC endpoint serves many APIs: add the header x-apigw-api-id with the id of yours.'
  }
  if (pathname === '/')
    return 'The stage is missing: the path of an API Gateway URL begins with it, such as /prod.'
  return ''
}
