import '../styles/result.css'
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { LANGUAGES, snippet } from '../export/snippet'
import { type Call, CallProblem } from '../sign/call'
import { publicCall } from '../state/request'
import { secretValues } from '../state/secrets'
import { CopyButton } from '../ui/copy'

const chosen = signal(LANGUAGES[0]?.id ?? 'curl')

interface Shown {
  language: string
  text: string
  problem: string
}

/** The request as code that signs it each time it runs. */
export function Code() {
  const call = publicCall.value
  const language = chosen.value
  const [last, setLast] = useState<Shown>()
  useEffect(() => {
    let gone = false
    const show = (text: string, problem: string) => !gone && setLast({ language, text, problem })
    if (call instanceof CallProblem) show('', call.message)
    else {
      snippet(language, call, secretValues()).then(
        (text) => show(text, ''),
        (error: Error) => show('', error.message),
      )
    }
    return () => {
      gone = true
    }
  }, [call, language])
  // Code of another language is neither shown nor copied for this one.
  const current = last?.language === language ? last : undefined
  const needs = LANGUAGES.find(({ id }) => id === language)?.needs
  return (
    <div class="text">
      <div class="choose-line">
        <fieldset class="segments">
          <legend class="hidden">Language</legend>
          {LANGUAGES.map(({ id, label }) => (
            <label key={id}>
              <input
                type="radio"
                name="language"
                checked={id === language}
                onChange={() => (chosen.value = id)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        {current?.text && <CopyButton text={() => current.text} />}
      </div>
      {!current && <div class="state waiting" aria-busy="true" />}
      {current?.problem && <p class="state">{current.problem}</p>}
      {current?.text && (
        <>
          <pre class="code" tabIndex={0}>
            {current.text}
          </pre>
          <p class="muted">
            {needs} <Needed call={call} />
          </p>
        </>
      )}
    </div>
  )
}

/** Where the code reads its credentials. */
function Needed({ call }: { call: Call | CallProblem }) {
  if (call instanceof CallProblem) return null
  const { signing, withApiKey, scheme } = call
  const names = [
    ...(signing === 'none' ? [] : ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']),
    ...(withApiKey ? ['API_KEY'] : []),
    ...(scheme === 'bearer' ? ['API_TOKEN'] : scheme === 'basic' ? ['API_USER (user:password)'] : []),
  ]
  if (names.length === 0) return null
  return (
    <>
      {signing === 'none' ? 'It reads ' : 'It signs again whenever it runs, with '}
      {names.map((name, i) => (
        <>
          {i > 0 && ', '}
          <code>{name}</code>
        </>
      ))}{' '}
      from the environment.
    </>
  )
}
