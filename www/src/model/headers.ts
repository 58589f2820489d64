// What the names of headers tell.

/** Headers that belong to the browser: it refuses or replaces them, so a signature over them is wrong. */
const FORBIDDEN =
  /^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|permissions-policy|referer|set-cookie|te|trailer|transfer-encoding|upgrade|user-agent|via|proxy-.*|sec-.*)$/i

/** Headers that the signature brings itself. */
const OF_SIGNATURE = /^(?:authorization|x-amz-date|x-amz-security-token)$/i

/** Headers whose values are credentials. */
const SENSITIVE =
  /^(?:(?:proxy-)?authorization|cookie|x-api-key|x-amz-security-token|.*(?:secret|password|access-token|auth-token|session-token).*)$/i

export const isForbidden = (name: string) => FORBIDDEN.test(name.trim())
export const isOfSignature = (name: string) => OF_SIGNATURE.test(name.trim())
export const isSensitive = (name: string) => SENSITIVE.test(name.trim())
