import { isOfConnection } from '../model/headers'
import { ownedBy } from '../sign/call'
import { placeOf } from '../state/collections'
import { forwarder } from '../state/forwarder'
import { doc, edit, origin, sender } from '../state/request'
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
        noun="header"
        rows={headers}
        names={HEADER_NAMES}
        change={(headers) => edit({ headers })}
        complaint={({ name, on }) => {
          const owned = ownedBy(name, sender.value)
          if (owned === '') return on ? '' : 'Sent, because the forwarder sends.'
          if (isOfConnection(name)) return owned
          const way = forwarder.value ? 'under Options' : 'of gatesign serve --forward HOST'
          return `${owned} The forwarder (${way}) sends it.`
        }}
      />
    </>
  )
}
