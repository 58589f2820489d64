import { useEffect, useState } from 'preact/hooks'
import { size } from '../ui/units'

export function Image({ bytes, type }: { bytes: Uint8Array<ArrayBuffer>; type: string }) {
  const [url, setUrl] = useState('')
  const [shape, setShape] = useState('')
  useEffect(() => {
    const objectUrl = URL.createObjectURL(new Blob([bytes], { type }))
    setUrl(objectUrl)
    return () => URL.revokeObjectURL(objectUrl)
  }, [bytes, type])
  return (
    <figure class="image">
      {url && (
        <img
          src={url}
          alt="The answer"
          onLoad={({ currentTarget }) =>
            setShape(`${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}, `)
          }
          onError={() => setShape('It cannot be shown: it is damaged, or its type is wrong. ')}
        />
      )}
      <figcaption class="muted">
        {shape}
        {type}, {size(bytes.length)}
      </figcaption>
    </figure>
  )
}
