// What the page and the forwarder call the parts of their exchange; read by both, and so without Node's modules.

/** One line of JSON, then the body's bytes as they are (envelope.js). */
export const MEDIA_TYPE = 'application/x-gatesign'

/** The header that carries what only the page that was served here knows (guard.js). */
export const TOKEN_HEADER = 'x-gatesign-token'
