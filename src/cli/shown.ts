// Text from elsewhere, made fit for a terminal: a server's answer must not move the cursor, fill the clipboard
// (OSC 52), change the window's title, or make a line read as another one.

/**
 * Control characters of both sets (ISO 6429: C0 with DEL, C1), line and paragraph separators, and what changes the
 * direction of writing (Unicode Bidirectional Algorithm, 2: explicit controls and marks), so that it reads
 * otherwise than it is.
 */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** As JavaScript and JSON write it, so that what is JSON stays JSON. */
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A text of one line. */
export const shownLine = (text: string): string => text.replace(CONTROL, escaped)

/** A text that may have lines and tabs; CR only as a part of a line's end. */
export const shown = (text: string): string =>
  text
    .replace(/\r\n/g, '\n')
    .replace(CONTROL, (character) =>
      character === '\n' || character === '\t' ? character : escaped(character),
    )
