// What a text is, by how it begins: cheap, and without any of the readers.

/** A curl command, whatever stands before it. */
export const looksLikeCurl = (text: string) =>
  !/^\s*[[{<]/.test(text) &&
  /(?:^|[\s;&|("'/\\])(?:aws)?curl(?:\.exe)?["']?[\s^`]/i.test(text.slice(0, 20_000))
