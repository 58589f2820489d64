import { dialog, moving } from '../state/view'

interface Props {
  /** The request or the folder. */
  item: { collectionId: string; id?: string; path?: string }
  step: (by: number) => void
}

/** What the menu of a request and that of a folder both have. */
export function MoveItems({ item, step }: Props) {
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
          moving.value = item
          dialog.value = 'move'
        }}
      >
        Move to…
      </button>
    </>
  )
}
