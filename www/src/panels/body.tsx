import { formatted, placeOf } from '../model/json-format'
import { JsonProblem } from '../model/json-lines'
import type { BodyKind } from '../model/request'
import { notify } from '../state/notice'
import { doc, edit, editBody, file } from '../state/request'
import { lazy } from '../ui/lazy'
import { Rows } from '../ui/rows'
import { TextEditor } from '../ui/text-editor'
import { size } from '../ui/units'
import { Parts } from './parts'

const GraphQlSchema = lazy(() => import('./graphql-schema').then((part) => part.GraphQlSchema))

const KINDS: readonly (readonly [BodyKind, string])[] = [
  ['none', 'None'],
  ['json', 'JSON'],
  ['text', 'Text'],
  ['form', 'Form'],
  ['graphql', 'GraphQL'],
  ['file', 'File'],
]

/** GraphQL requests are sent by POST: https://graphql.github.io/graphql-over-http/draft/#sec-POST */
function chooseKind(kind: BodyKind) {
  editBody({ kind })
  if (kind === 'graphql' && doc.value.method === 'GET') edit({ method: 'POST' })
}

export function BodyEditor() {
  const { kind } = doc.value.body
  return (
    <div class="form body-editor">
      <fieldset class="segments">
        <legend class="hidden">Kind of body</legend>
        {KINDS.map(([id, label]) => (
          <label key={id}>
            <input type="radio" name="body" checked={kind === id} onChange={() => chooseKind(id)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <Content />
    </div>
  )
}

/** Inserts a text into the query at the caret. */
const inserting: { current: ((text: string) => void) | undefined } = { current: undefined }

function Content() {
  const { kind, text, variables, form, encoding } = doc.value.body
  switch (kind) {
    case 'none':
      return <p class="muted">The request has no body.</p>
    case 'json':
      return (
        <>
          <TextEditor label="JSON body" json value={text} change={(text) => editBody({ text })} />
          <button type="button" class="quiet" onClick={format}>
            Format
          </button>
        </>
      )
    case 'text':
      return (
        <>
          <ContentType byDefault="text/plain;charset=UTF-8" />
          <TextEditor label="Text body" value={text} change={(text) => editBody({ text })} />
        </>
      )
    case 'form':
      return (
        <>
          <label class="field inline">
            <span>Encoding</span>
            <select
              value={encoding}
              onChange={(event) => editBody({ encoding: event.currentTarget.value as typeof encoding })}
            >
              <option value="urlencoded">application/x-www-form-urlencoded</option>
              <option value="multipart">multipart/form-data</option>
            </select>
          </label>
          {encoding === 'multipart' ? (
            <Parts rows={form} change={(form) => editBody({ form })} />
          ) : (
            <Rows noun="field" rows={form} change={(form) => editBody({ form })} />
          )}
        </>
      )
    case 'graphql':
      return (
        <>
          <TextEditor
            label="GraphQL query"
            value={text}
            change={(text) => editBody({ text })}
            inserting={inserting}
          />
          <GraphQlSchema insert={(text) => inserting.current?.(text)} />
          <h2 class="part">Variables</h2>
          <TextEditor
            label="GraphQL variables"
            json
            value={variables}
            change={(variables) => editBody({ variables })}
          />
        </>
      )
    case 'file':
      return (
        <>
          <ContentType byDefault="application/octet-stream" />
          <label class="field">
            <span>File</span>
            <input type="file" onChange={(event) => void choose(event.currentTarget.files?.[0])} />
            <small>
              {file.value
                ? `${file.value.name}, ${size(file.value.bytes.length)}`
                : 'The bytes go out as they are. They stay in memory: choose the file again after a reload.'}
            </small>
          </label>
        </>
      )
  }
}

function ContentType({ byDefault }: { byDefault: string }) {
  return (
    <label class="field inline">
      <span>Content-Type</span>
      <input
        value={doc.value.body.contentType}
        placeholder={byDefault}
        spellcheck={false}
        onInput={(event) => editBody({ contentType: event.currentTarget.value })}
      />
    </label>
  )
}

async function choose(chosen: File | undefined) {
  if (!chosen) return
  file.value = { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) }
  editBody({ fileName: chosen.name, contentType: chosen.type })
}

function format() {
  const { text } = doc.value.body
  try {
    editBody({ text: formatted(text) })
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    notify(`This is not JSON: ${error.message} (${placeOf(text, error.at)}).`)
  }
}
