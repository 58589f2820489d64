import { own } from '../model/json'
import { row } from '../model/request'
import { variablesOf, withoutFragment } from '../model/template'
import { doc, edit, effective } from '../state/request'
import { Rows } from '../ui/rows'

export function Params() {
  const { url, variables, query } = doc.value
  const names = variablesOf(effective.value.url)
  const written = queryOf(url)
  return (
    <>
      {names.length > 0 && (
        <fieldset class="variables">
          <legend>Variables of the URL</legend>
          {names.map((name) => (
            <label class="field inline" key={name}>
              <span class="mono">{name}</span>
              <input
                value={own(variables, name) ?? ''}
                spellcheck={false}
                autocomplete="off"
                onInput={(event) => edit({ variables: { ...variables, [name]: event.currentTarget.value } })}
              />
            </label>
          ))}
        </fieldset>
      )}
      <h2 class="part">Query parameters</h2>
      <Rows what="parameter" rows={query} change={(query) => edit({ query })} />
      {written.length > 0 && (
        <button type="button" class="quiet start" onClick={() => takeOut(url, written)}>
          Take {written.length} {written.length === 1 ? 'parameter' : 'parameters'} out of the URL
        </button>
      )}
    </>
  )
}

/** The query in the URL, if there is no template in it. */
function queryOf(url: string): [string, string][] {
  const query = /\?(.*)$/s.exec(withoutFragment(url))?.[1] ?? ''
  return query.includes('{') ? [] : [...new URLSearchParams(query)]
}

function takeOut(url: string, written: [string, string][]) {
  edit({
    url: url.replace(/\?.*$/s, ''),
    query: [...written.map(([name, value]) => row(name, value)), ...doc.value.query],
  })
}
