// A request as a link: in the fragment, which no server sees, packed, and without a credential.

import { LINK } from './link'
import type { RequestDoc } from './request'

/** UTF-16 units of a request that a link may hold when it is unpacked. */
const LONGEST = 2_000_000

async function through(bytes: BlobPart, stream: ReadableWritablePair<Uint8Array, BufferSource>) {
  return new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>)
}

/** @param safe what `safeRequest` gave */
export async function linkTo(safe: RequestDoc, page: string): Promise<string> {
  const packed = await through(JSON.stringify(safe), new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  const base64 = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return page.replace(/#.*$/s, '') + LINK + base64
}

/** @returns what is in it, to be read with care; undefined if it is none, or too long */
export async function requestOfLink(hash: string): Promise<unknown> {
  try {
    const base64 = hash.slice(LINK.length).replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const reader = (await through(bytes, new DecompressionStream('deflate-raw')))
      .pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>)
      .getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return JSON.parse(text)
      text += value
      if (text.length > LONGEST) return void reader.cancel()
    }
  } catch {
    return undefined
  }
}
