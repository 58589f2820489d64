// The unreadable entries of the database, as a text to download.

import { looksLikeKey, without } from '../model/secrets'
import { database } from '../state/db'
import { secretValues } from '../state/secrets'

export async function asideText(): Promise<string> {
  const items = (await (await database())?.getAll('aside')) ?? []
  const lines = items.map((item) => {
    try {
      return JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    } catch {
      return JSON.stringify({ from: item.from, at: item.at, item: String(item.item) })
    }
  })
  const secrets = secretValues()
  const safe = lines.map((line) => (looksLikeKey(line) ? '"it held a key of AWS"' : without(line, secrets)))
  return `[\n${safe.join(',\n')}\n]\n`
}
