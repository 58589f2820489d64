import '../styles/inherited.css'
import { headersFrom } from '../model/inherited'
import type { Row } from '../model/request'
import { type Shared, saidBy } from '../model/settings'

/**
 * Headers from a collection and its folders, with their source. A header of the request replaces those of the same
 * name.
 */
export function InheritedHeaders({ of, folder, own }: { of: Shared; folder: string; own: readonly Row[] }) {
  const found = headersFrom(of, folder, own)
  if (found.length === 0) return null
  return (
    <table class="inherited">
      <caption class="hidden">Inherited headers</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ name, value, path, replaced }) => (
          <tr key={`${path} ${name}`} class={replaced ? 'off' : ''}>
            <td class="mono">{name}</td>
            <td class="mono ellipsis">{value}</td>
            <td class="muted">
              {saidBy(path)}
              {replaced && ', replaced here'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
