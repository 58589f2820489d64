// A request as a link: compressed, without credentials, in the fragment, which is not sent to servers.

import { LINK } from './link'
import type { RequestDoc } from './request'

/** The maximum size of an unpacked request in UTF-16 units. */
const LONGEST = 2_000_000

async function through(bytes: BlobPart, stream: ReadableWritablePair<Uint8Array, BufferSource>) {
  return new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>)
}

/** @param safe the result of `safeRequest` */
export async function linkTo(safe: RequestDoc, page: string): Promise<string> {
  const packed = await through(JSON.stringify(safe), new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  const base64 = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return page.replace(/#.*$/s, '') + LINK + base64
}

/** @returns its untrusted content; undefined if it is not a link, or too long */
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
