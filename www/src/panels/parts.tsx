import '../styles/multipart.css'
import { type Row, row } from '../model/request'
import { chooseFile, files } from '../state/files'
import { Icon } from '../ui/icons'
import { size } from '../ui/units'

/** The parts of a multipart form: texts and files, each with an optional type. */
export function Parts({ rows, change }: { rows: Row[]; change: (rows: Row[]) => void }) {
  const set = (at: number, part: Partial<Row>) => {
    const { lost, ...before } = rows[at] ?? row('', '')
    const next = { ...before, ...(lost && part.value === undefined && { lost }), ...part }
    change(at < rows.length ? rows.with(at, next) : [...rows, next])
  }
  const choose = async (at: number, file: File | undefined) => {
    if (!file) return
    set(at, { file: await chooseFile(file), value: file.name, type: rows[at]?.type || file.type })
  }
  return (
    <div class="rows parts" role="group" aria-label="fields">
      {[...rows, undefined].map((item, at) => {
        const number = at + 1
        const isFile = item?.file !== undefined
        const chosen = files.value.get(item?.file ?? '')
        return (
          <div class={item && !item.on ? 'row off' : 'row'} key={at}>
            <input
              type="checkbox"
              aria-label={`Send field ${number}`}
              checked={item?.on ?? false}
              disabled={!item}
              onChange={(event) => set(at, { on: event.currentTarget.checked })}
            />
            <input
              aria-label={`Name of field ${number}`}
              placeholder={item ? '' : 'Name'}
              value={item?.name ?? ''}
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => set(at, { name: event.currentTarget.value })}
            />
            <select
              aria-label={`Kind of field ${number}`}
              value={isFile ? 'file' : 'text'}
              disabled={!item}
              onChange={(event) => {
                const { file: _, ...rest } = rows[at] ?? row('', '')
                const next =
                  event.currentTarget.value === 'file'
                    ? { ...rest, value: '', file: '' }
                    : { ...rest, value: '' }
                change(rows.with(at, next))
              }}
            >
              <option value="text">Text</option>
              <option value="file">File</option>
            </select>
            {isFile ? (
              <label class="file-field">
                <input
                  type="file"
                  class="hidden"
                  aria-label={`File of field ${number}`}
                  onChange={(event) => void choose(at, event.currentTarget.files?.[0])}
                />
                <span class="ellipsis">
                  {chosen
                    ? `${chosen.name}, ${size(chosen.bytes.length)}`
                    : item?.value
                      ? `${item.value}: choose it again`
                      : 'Choose a file'}
                </span>
              </label>
            ) : (
              <input
                aria-label={`Value of field ${number}`}
                placeholder={item?.lost ? 'not kept: enter it again' : item ? '' : 'Value'}
                value={item?.value ?? ''}
                spellcheck={false}
                autocomplete="off"
                onInput={(event) => set(at, { value: event.currentTarget.value })}
              />
            )}
            <input
              aria-label={`Type of field ${number}`}
              placeholder={isFile ? 'application/octet-stream' : 'no type'}
              value={item?.type ?? ''}
              disabled={!item}
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => set(at, { type: event.currentTarget.value })}
            />
            <button
              type="button"
              class="quiet square"
              aria-label={`Remove field ${number}`}
              disabled={!item}
              onClick={() => change(rows.filter((_, i) => i !== at))}
            >
              <Icon name="close" />
            </button>
          </div>
        )
      })}
    </div>
  )
}
