// What the names of headers and parameters say about their values.

import { isOfConnection as belongsToConnection } from '../../../src/js/connection-headers'

/** Headers that the browser refuses or replaces, so that a signature over them would be wrong. */
const FORBIDDEN =
  /^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|permissions-policy|referer|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i

/** Headers that the signature adds itself. */
const OF_SIGNATURE = /^(?:authorization|x-amz-date|x-amz-region-set|x-amz-security-token)$/i

/** Parts of the names of credentials, in any position: `client_secret`, `X-Amz-Signature`. */
const SENSITIVE_PART = /authorization|secret|passw(?:or)?d|credential|signature/i

/** Words in the names of credentials, or whole names: `x-api-key`, `authToken`, `access_token`. */
const SENSITIVE_WORD =
  /(?:^|[^a-z])(?:cookie|pwd|jwt|api[-_]?keys?|(?:access|auth|bearer|id|refresh|security|session|s3session)[-_]?tokens?|customer-key)(?:$|[^a-z])/i
const SENSITIVE_NAME = /^(?:x-)?(?:token|auth|sig|awsaccesskeyid)$/i

export const isForbidden = (name: string) => FORBIDDEN.test(name.trim())
export const isOfConnection = (name: string) => belongsToConnection(name.trim())
export const isOfSignature = (name: string) => OF_SIGNATURE.test(name.trim())

/** Whether the value of a header, parameter or field with this name is a credential. */
export function isSensitive(name: string): boolean {
  // accessToken is two words too.
  const words = name.trim().replace(/([a-z\d])(?=[A-Z][a-z])/g, '$1-')
  return [SENSITIVE_PART, SENSITIVE_WORD, SENSITIVE_NAME].some((form) => form.test(words))
}
