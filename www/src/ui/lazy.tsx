import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A component whose code is loaded when it is first shown. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function Lazy(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => loaded)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (Part || failed) return
      load().then(
        (part) => {
          loaded = part
          setPart(() => part)
        },
        () => setFailed(true),
      )
    }, [Part, failed])
    if (Part) return <Part {...props} />
    if (failed) {
      return (
        <div class="state" role="alert">
          <p>This part of the page could not be loaded.</p>
          <button type="button" onClick={() => setFailed(false)}>
            Try again
          </button>
        </div>
      )
    }
    return <div class="state waiting" aria-busy="true" />
  }
}
