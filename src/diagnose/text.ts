// Texts cut at characters and words, in time proportional to them.

/** What is in front of the first of some characters, or the whole text. */
export const before = (text: string, characters: RegExp) => text.split(characters, 1)[0] ?? ''

/**
 * A text without these characters at its ends. A regular expression for those at the end would begin again at each
 * that is in the middle.
 */
export function trim(text: string, characters: string): string {
  let [start, end] = [0, text.length]
  while (start < end && characters.includes(text.charAt(start))) start += 1
  while (start < end && characters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** What follows the first place of a text in another; undefined without one. */
export function after(text: string, needle: string): string | undefined {
  const at = text.indexOf(needle)
  return at < 0 ? undefined : text.slice(at + needle.length)
}
