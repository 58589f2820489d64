import { isForbidden } from '../model/headers'
import { placeOf } from '../state/collections'
import { doc, edit, origin } from '../state/request'
import { Rows } from '../ui/rows'
import { InheritedHeaders } from './inherited'

const HEADER_NAMES = [
  'accept',
  'authorization',
  'cache-control',
  'content-type',
  'if-match',
  'if-none-match',
  'x-apigw-api-id',
]

export function Headers() {
  const { headers } = doc.value
  const place = placeOf(origin.value)
  return (
    <>
      {place && <InheritedHeaders of={place.collection} folder={place.folder} own={headers} />}
      <Rows
        what="header"
        rows={headers}
        names={HEADER_NAMES}
        change={(headers) => edit({ headers })}
        complaint={({ name }) =>
          isForbidden(name) ? `${name} belongs to the browser: a page cannot set it.` : ''
        }
      />
    </>
  )
}
