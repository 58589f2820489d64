import { expect, it } from 'vitest'
import { base64 } from '../../src/model/base64'
import { percentEncoded, strictlyEncoded } from '../../src/model/percent'

it('takes halves of pairs of surrogates as the platform does', () => {
  for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800', '🎬\ud83c', 'é', "!'()*", '-._~ %'])
    expect(decodeURIComponent(percentEncoded(text))).toBe(
      new TextDecoder().decode(new TextEncoder().encode(text)),
    )
})

it('encodes what encodeURIComponent leaves', () =>
  expect(strictlyEncoded("a-._~!'()* /🎬")).toBe('a-._~%21%27%28%29%2A%20%2F%F0%9F%8E%AC'))

it('writes a text of any length', () => {
  const text = 'é'.repeat(200_000)
  expect(base64(text)).toBe(Buffer.from(text).toString('base64'))
})
