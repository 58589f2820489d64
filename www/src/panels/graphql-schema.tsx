import '../styles/schema.css'
import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import {
  type Field,
  fieldText,
  type GraphType,
  operationFor,
  type Schema,
  signatureOf,
} from '../model/graphql'
import { doc, editBody } from '../state/request'
import { loadSchema, schemaKey, schemas } from '../state/schema'
import { Find } from '../ui/find'

/** The maximum number of results to show. */
const MOST = 200

/** The schema of the API: a button requests it, it can be searched, and its fields can be put into the query. */
export function GraphQlSchema({ insert }: { insert: (text: string) => void }) {
  const schema = schemas.value.get(schemaKey())
  const [notice, say] = useState('')
  const [loading, setLoading] = useState(false)
  const running = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const load = async () => {
    running.current?.abort()
    running.current = new AbortController()
    setLoading(true)
    say('')
    say(await loadSchema(running.current.signal).catch((error: Error) => error.message))
    setLoading(false)
  }
  return (
    <section class="schema" aria-label="Schema">
      <p class="acts">
        <button type="button" onClick={() => void load()} aria-busy={loading}>
          {loading ? 'Loading the schema…' : schema ? 'Load the schema again' : 'Load the schema'}
        </button>
        <span class={notice ? 'bad-text' : 'muted'} role="status">
          {notice ||
            (schema
              ? `${schema.types.size} types`
              : 'The schema is loaded by introspection, signed like the request.')}
        </span>
      </p>
      {schema && <Browser schema={schema} insert={insert} />}
    </section>
  )
}

const query = signal('')

function Browser({ schema, insert }: { schema: Schema; insert: (text: string) => void }) {
  const filter = query.value.trim().toLowerCase()
  const roots = new Map(schema.roots.map(({ operation, type }) => [type, operation]))
  const use = (type: GraphType, field: Field) => {
    const operation = roots.get(type.name)
    if (operation && doc.value.body.text.trim() === '') {
      const { query, variables } = operationFor(schema, operation, field)
      editBody({
        text: query,
        variables: doc.value.body.variables.trim() === '' ? variables : doc.value.body.variables,
      })
    } else insert(fieldText(schema, field))
  }
  const types = [
    ...[...roots.keys()].flatMap((name) => schema.types.get(name) ?? []),
    ...[...schema.types.values()].filter(({ name, kind }) => !roots.has(name) && kind !== 'SCALAR'),
  ]
  const found = types.flatMap((type) => {
    const isNamed = type.name.toLowerCase().includes(filter)
    const fields = isNamed
      ? type.fields
      : type.fields.filter(({ name }) => name.toLowerCase().includes(filter))
    return isNamed || fields.length > 0 ? [{ type, fields }] : []
  })
  return (
    <>
      <Find label="schema" query={query} />
      <div class="types">
        {found.slice(0, MOST).map(({ type, fields }) => (
          <TypeView
            key={type.name}
            type={type}
            fields={fields}
            isOpen={filter !== '' || roots.has(type.name)}
            use={
              roots.has(type.name) || type.kind === 'OBJECT' || type.kind === 'INTERFACE' ? use : undefined
            }
          />
        ))}
        {found.length > MOST && <p class="muted">{found.length - MOST} more: search for them.</p>}
        {found.length === 0 && <p class="muted">Nothing found.</p>}
      </div>
    </>
  )
}

interface TypeProps {
  type: GraphType
  fields: Field[]
  isOpen: boolean
  /** Puts a field into the query; absent for an input type. */
  use: ((type: GraphType, field: Field) => void) | undefined
}

function TypeView({ type, fields, isOpen, use }: TypeProps) {
  const [opened, setOpened] = useState(isOpen)
  useEffect(() => setOpened(isOpen), [isOpen])
  return (
    <details open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <strong>{type.name}</strong> <span class="muted">{type.kind.toLowerCase().replace('_', ' ')}</span>
      </summary>
      {opened && (
        <>
          {type.description && <p class="muted">{type.description}</p>}
          {type.values.length > 0 && <p class="mono">{type.values.slice(0, MOST).join(', ')}</p>}
          {type.possible.length > 0 && <p class="mono">{type.possible.slice(0, MOST).join(' | ')}</p>}
          <ul>
            {fields.slice(0, MOST).map((field) => (
              <li key={field.name}>
                {use ? (
                  <button
                    type="button"
                    class="link mono"
                    title="Put it into the query"
                    onClick={() => use(type, field)}
                  >
                    {signatureOf(field)}
                  </button>
                ) : (
                  <span class="mono">{signatureOf(field)}</span>
                )}
                {field.deprecated && <span class="warn-text"> {field.deprecated}</span>}
                {field.description && <small class="muted">{field.description}</small>}
              </li>
            ))}
          </ul>
          {fields.length > MOST && <p class="muted">{fields.length - MOST} more: search for them.</p>}
        </>
      )}
    </details>
  )
}
