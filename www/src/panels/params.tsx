import { own } from '../model/json'
import { changedRows, parametersOf, templateOf } from '../model/query'
import { variablesOf } from '../model/template'
import { doc, edit, effective } from '../state/request'
import { Rows } from '../ui/rows'

export function Params() {
  const { variables } = doc.value
  const names = variablesOf(templateOf(effective.value))
  const shown = parametersOf(doc.value)
  return (
    <>
      {names.length > 0 && (
        <fieldset class="variables">
          <legend>Variables of the URL</legend>
          {names.map((name) => (
            <label class="field inline" key={name}>
              <span class="mono">{name}</span>
              <input
                data-variable={name}
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
      <Rows noun="parameter" rows={shown} change={(next) => edit(changedRows(doc.value, shown, next))} />
    </>
  )
}
