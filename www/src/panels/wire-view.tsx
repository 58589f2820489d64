import '../styles/result.css'
import '../styles/wire.css'
import { useEffect, useState } from 'preact/hooks'
import { isSensitive } from '../model/headers'
import type { Wire } from '../sign/wire'
import { follow, live } from '../state/live'
import { sentWire } from '../state/sent'
import { CopyButton } from '../ui/copy'
import { size } from '../ui/units'
import { Which } from '../ui/which'

/** The signed request as it would be sent now, or as it was sent. Each part can be copied. */
export function WireView() {
  useEffect(follow, [])
  const sent = sentWire.value
  const [which, choose] = useState<'now' | 'sent'>(sent ? 'sent' : 'now')
  const shown = which === 'sent' && sent ? sent : live.value.wire
  return (
    <div class="text">
      <div class="choose-line">
        <Which now="Signed now" sent={sent !== undefined} chosen={which} choose={choose} />
        {shown && <CopyButton text={() => messageOf(shown)} label="Copy all" />}
      </div>
      {shown ? <Parts wire={shown} /> : <p class="state">{live.value.problem ?? ''}</p>}
    </div>
  )
}

function Parts({ wire }: { wire: Wire }) {
  const { method, url, headers, body } = wire
  const { host } = new URL(url)
  const isSigned = url.includes('X-Amz-Signature=') || headers.authorization?.startsWith('AWS4-') === true
  const rows: [string, string][] = [['host', host], ...Object.entries(headers)]
  return (
    <>
      <h2>
        {url.includes('X-Amz-Signature=') ? 'Signed URL' : 'URL'}{' '}
        <CopyButton text={() => url} label="Copy the URL" square />
      </h2>
      <p class="mono break">
        {method} {hiddenUrl(url)}
      </p>
      <h2>Headers</h2>
      <table class="lines wire">
        <thead class="hidden">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Copy</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" class="mono">
                {name}
              </th>
              <td class="mono">{shownValue(name, value)}</td>
              <td>
                <CopyButton text={() => value} label={`Copy ${name}`} square />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        The browser adds headers of its own, such as Origin and User-Agent; they are not signed.
        {body ? ` The body has ${size(body.length)}.` : ' There is no body.'}
        {isSigned && ' API Gateway accepts the signature for 5 minutes.'}
      </p>
    </>
  )
}

/** A signature reveals no secret and is shown; tokens and keys can be copied, but are not shown. */
function shownValue(name: string, value: string): string {
  const isSigned = name.toLowerCase() === 'authorization' && value.startsWith('AWS4-')
  return isSensitive(name) && !isSigned ? `••• (${value.length} characters)` : value
}

const hiddenUrl = (url: string) =>
  url.replace(/([?&]([^=&#?]+)=)([^&#]*)/g, (all, begin: string, name: string, value: string) =>
    isSensitive(name) && !/^x-amz-(?:signature|credential)$/i.test(name)
      ? `${begin}•••(${value.length})`
      : all,
  )

/** In the form of HTTP/1.1. */
function messageOf({ method, url, headers, body }: Wire): string {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body ? new TextDecoder().decode(body) : ''}`
}
