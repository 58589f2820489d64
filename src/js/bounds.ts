// Bounds that several of the scripts check. A test compares them with the core's (tests/package/bounds.test.mjs).

/** The longest life of a presigned URL in seconds, `MAX_EXPIRES` of the core. */
export const MOST_SECONDS = 604_800

/** How long before they expire credentials are renewed, in ms. */
export const RENEWED_EARLY = 300_000
