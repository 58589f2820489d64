// Percent-encoding that takes every text: encodeURIComponent throws at half of a pair of surrogates, which a pasted text
// and JSON can have. Such a half has no UTF-8 and is written as the replacement character, as the platform's URL does.

/** As encodeURIComponent. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))

/** Everything but letters, digits and `-._~`: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
export const strictlyEncoded = (text: string): string =>
  percentEncoded(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
