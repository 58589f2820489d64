import { dialog, moving } from '../state/view'

interface Props {
  /** The request or folder. */
  item: { collectionId: string; id?: string; path?: string }
  step: (by: number) => void
}

/** The menu items that requests and folders share. */
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
