// Percent-encoding for any text: encodeURIComponent throws for a lone surrogate, which pasted text and JSON can
// contain. A lone surrogate has no UTF-8 form and is written as the replacement character, as the platform's URL does.

/** The same as encodeURIComponent for valid text. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))

/** Everything but letters, digits and `-._~`: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
export const strictlyEncoded = (text: string): string =>
  percentEncoded(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
