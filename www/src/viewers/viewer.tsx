import { useEffect, useMemo, useState } from 'preact/hooks'
import { charsetOf } from '../model/charset'
import { eventsOf } from '../model/events'
import type { Answer } from '../sign/send'
import type { Ended } from '../state/running'
import { type AnswerView, answerView } from '../state/view'
import { CopyButton } from '../ui/copy'
import { download } from '../ui/download'
import { Icon } from '../ui/icons'
import { Events } from './events'
import { Headers } from './headers'
import { Hex } from './hex'
import { Image } from './image'
import { fileName, imageType, kindOf } from './kind'
import { Reader } from './reader'
import { TableView } from './table-view'
import { TextView } from './text-view'

type View = AnswerView

const LABELS: Record<View, string> = {
  pretty: 'Pretty',
  table: 'Table',
  events: 'Events',
  raw: 'Raw',
  image: 'Image',
  bytes: 'Bytes',
  headers: 'Headers',
}

const VIEWS = {
  json: ['pretty', 'table', 'raw', 'bytes', 'headers'],
  text: ['raw', 'bytes', 'headers'],
  lines: ['pretty', 'table', 'raw', 'bytes', 'headers'],
  events: ['events', 'raw', 'bytes', 'headers'],
  xml: ['pretty', 'raw', 'bytes', 'headers'],
  svg: ['image', 'pretty', 'raw', 'bytes', 'headers'],
  image: ['image', 'bytes', 'headers'],
  binary: ['bytes', 'raw', 'headers'],
  empty: ['headers'],
} as const satisfies Record<string, readonly View[]>

export function Viewer({ end, answer }: { end: Ended; answer: Answer }) {
  const { bytes } = end
  const header = (name: string) => answer.headers.find(([key]) => key === name)?.[1] ?? ''
  const contentType = header('content-type')
  const kind = useMemo(() => kindOf(contentType, bytes), [bytes])
  const views: readonly View[] = VIEWS[kind]
  // Refusals are shown as text, not as a table.
  const wished = answer.status >= 400 && answerView.value === 'table' ? 'pretty' : answerView.value
  const view = views.includes(wished) ? wished : (views[0] ?? 'headers')
  const charset = charsetOf(contentType, bytes)
  const type = kind === 'image' ? contentType.split(';')[0] || imageType(bytes) : contentType
  const url = end.outcome.attempts.at(-1)?.wire.url ?? ''
  return (
    <div class="viewer">
      <div class="choose-line">
        <fieldset class="segments">
          <legend class="hidden">View of the answer</legend>
          {views.map((id) => (
            <label key={id}>
              <input
                type="radio"
                name="view"
                checked={id === view}
                onChange={() => {
                  answerView.value = id
                }}
              />
              <span>
                {LABELS[id]}
                {id === 'headers' && <span class="count">{answer.headers.length}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <span class="grow" />
        {!['image', 'binary', 'empty'].includes(kind) && (
          <CopyButton square label="Copy the answer" text={() => new TextDecoder(charset).decode(bytes)} />
        )}
        {bytes.length > 0 && (
          <button
            type="button"
            class="quiet square"
            aria-label="Download the answer"
            title="Download"
            onClick={() => download(fileName(url, header('content-disposition'), contentType), bytes, type)}
          >
            <Icon name="download" />
          </button>
        )}
      </div>
      {kind === 'empty' && view === 'headers' && <p class="note">The answer has no body.</p>}
      {view === 'headers' && <Headers headers={answer.headers} />}
      {view === 'image' && <Image bytes={bytes} type={type} />}
      {view === 'bytes' && <Hex bytes={bytes} />}
      {view === 'events' && <Events events={eventsOf(new TextDecoder(charset).decode(bytes))} />}
      {(view === 'pretty' || view === 'raw' || view === 'table') && (
        <Read
          view={view}
          bytes={bytes}
          charset={charset}
          form={kind === 'lines' ? 'lines' : kind === 'xml' || kind === 'svg' ? 'xml' : 'json'}
        />
      )}
    </div>
  )
}

/** Views that read the text, in a worker. */
interface ReadProps {
  view: 'pretty' | 'raw' | 'table'
  bytes: Uint8Array
  charset: string
  /** For views other than raw: one value, one value per line, or XML. */
  form: 'json' | 'lines' | 'xml'
}

interface Opened {
  reader: Reader
  count: number
  problem: string
  /** The answer and form that it was opened for: another one may be shown by now. */
  bytes: Uint8Array
  json: boolean
}

function Read({ view, bytes, charset, form }: ReadProps) {
  const [opened, setOpened] = useState<Opened>()
  const json = view !== 'raw'
  useEffect(() => {
    const reader = new Reader()
    let gone = false
    const show = (count: number, problem: string) =>
      !gone && setOpened({ reader, count, problem, bytes, json })
    reader.ask('open', { bytes, charset, as: json ? form : 'text' }).then(
      ({ count, problem }) => show(count, problem),
      (error: Error) => show(0, `${error.message}.`),
    )
    return () => {
      gone = true
      reader.end()
    }
  }, [bytes, json, charset, form])
  if (opened?.bytes !== bytes || opened.json !== json) return <div class="state waiting" aria-busy="true" />
  const { reader, count, problem } = opened
  return (
    <>
      {problem && <p class="note">{problem}</p>}
      {view === 'table' && !problem ? (
        <TableView key={reader.id} reader={reader} lines={count} />
      ) : (
        <TextView
          reader={reader}
          count={count}
          folds={json && form !== 'xml' && !problem}
          picks={form === 'json' && !problem}
        />
      )}
    </>
  )
}
