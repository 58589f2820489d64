const OF_CONNECTION =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|host|content-length)$/i

/** Whether a header of a request belongs to one connection (RFC 9110, 7.6.1), so that each sender writes its own. */
export const isOfConnection = (name: string): boolean => OF_CONNECTION.test(name)
