import { dialog, moving } from '../state/view'

interface Props {
  /** The request or the folder. */
  what: { collectionId: string; id?: string; path?: string }
  step: (by: number) => void
}

/** What the menu of a request and that of a folder both have. */
export function MoveItems({ what, step }: Props) {
  return (
    <>
      <button type="button" onClick={() => step(-1)}>
        Move up
      </button>
      <button type="button" onClick={() => step(1)}>
        Move down
      </button>
      <button
        type="button"
        onClick={() => {
          moving.value = what
          dialog.value = 'move'
        }}
      >
        Move to…
      </button>
    </>
  )
}
