// The names that the page and the forwarder use in their exchange. Both import this file, so it uses no modules of
// Node.

/** One line of JSON, then the body's bytes unchanged (envelope.js). */
export const MEDIA_TYPE = 'application/x-gatesign'

/** The header with the token that only the page that was served here knows (guard.js). */
export const TOKEN_HEADER = 'x-gatesign-token'
