/** Whether two values of plain data are the same; texts are compared, never copied. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [entries, otherEntries] = [Object.entries(one), Object.entries(other)]
  const by = new Map(otherEntries)
  return (
    entries.length === otherEntries.length &&
    entries.every(([name, value]) => by.has(name) && same(value, by.get(name)))
  )
}
