// The shared files of AWS's tools as text: sections, settings, and settings in settings.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html

/** Settings by name; one inside another is `s3.addressing_style`. Without a prototype. */
export type Section = Record<string, string>

const QUOTED = /^(["'])(.*)\1$/

/** Sections by their names, in which white space is one space and quotes are taken away. */
export function parseIni(text: string): Map<string, Section> {
  const sections = new Map<string, Section>()
  let section: Section | undefined
  let outer: string | undefined
  // `trim` takes a byte order mark for white space.
  for (const line of text.split(/\r?\n/)) {
    const content = line.replace(/(^|\s)[;#].*/s, '').trim()
    if (content.startsWith('[') && content.endsWith(']')) {
      const name = nameOf(content.slice(1, -1))
      section = sections.get(name) ?? Object.create(null)
      sections.set(name, section as Section)
      outer = undefined
      continue
    }
    const at = content.indexOf('=')
    if (!section || at < 1) continue
    const name = content.slice(0, at).trim()
    const value = content.slice(at + 1).trim()
    if (value === '') {
      outer = name
      continue
    }
    if (!/^\s/.test(line)) outer = undefined
    section[outer === undefined ? name : `${outer}.${name}`] = value
  }
  return sections
}

function nameOf(text: string) {
  const [kind = '', ...rest] = text.trim().split(/\s+/)
  const name = rest.join(' ')
  return name === '' ? kind : `${kind} ${QUOTED.exec(name)?.[2]?.trim() ?? name}`
}
