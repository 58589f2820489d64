// The origins that credentials may be sent to: those that the user has called or allowed, and those that were imported
// together with the credentials. For any other origin the page asks once, before anything is sent.

import { effect, signal } from '@preact/signals'
import { isEmpty } from '../model/credentials'
import { usedIn } from '../model/environment'
import { list, text } from '../model/json'
import { originOf } from '../model/origin'
import type { RequestDoc } from '../model/request'
import type { Call } from '../sign/call'
import { usedName, wereEnteredHere } from './credentials'
import { keep, readKept } from './db'
import { environment } from './environments'
import { identityOf } from './identities'
import { effective, urlTyped } from './request'
import { trusted } from './trusted'
import { dialog } from './view'

/** What may be sent where, as `holder origin`. A holder is an identity, or an environment for its secrets. */
const allowed = new Set<string>()

const ofIdentity = (name: string) => `identity:${name}`
const ofEnvironment = (id: string) => `environment:${id}`
const pair = (holder: string, origin: string) => `${holder} ${origin}`

const loaded = readKept('allowed').then((found) => {
  for (const item of list(found)) allowed.add(text(item))
})

async function allow(holders: readonly string[], origin: string) {
  await loaded
  const before = allowed.size
  for (const holder of holders) allowed.add(pair(holder, origin))
  if (allowed.size !== before) void keep('allowed', [...allowed])
}

/** Credentials and origins that were imported together may be used together. */
export async function allowTogether(origins: Iterable<string>, identities: string[], environments: string[]) {
  const holders = [...identities.map(ofIdentity), ...environments.map(ofEnvironment)]
  for (const origin of origins) if (origin !== '') await allow(holders, origin)
}

export interface Question {
  origin: string
  /** The user's name for what would be sent there. */
  what: string[]
  answer: (yes: boolean) => void
}

export const question = signal<Question | undefined>(undefined)

/** Whether the request in the editor may be sent with its secrets; asks the user if it is not known yet. */
export async function mayBeSent(call: Call): Promise<boolean> {
  await loaded
  const origin = originOf(call.invokeUrl)
  const uses = usesOf(call)
  const open = uses.filter(({ holder, entered }) => !entered && !allowed.has(pair(holder, origin)))
  const holders = uses.map(({ holder }) => holder)
  if (open.length === 0 || urlTyped.value || trusted.has(origin)) {
    await allow(holders, origin)
    return true
  }
  let stop = () => {}
  const yes = await new Promise<boolean>((answer) => {
    question.value = { origin, what: open.map(({ what }) => what), answer }
    dialog.value = 'allow'
    // Esc, the close button, a click elsewhere, and Esc before it is loaded all mean no.
    stop = effect(() => {
      if (dialog.value !== 'allow') answer(false)
    })
  })
  stop()
  question.value = undefined
  if (yes) await allow(holders, origin)
  return yes
}

interface Use {
  holder: string
  what: string
  /** Whether the user entered it while this request was open. */
  entered: boolean
}

function usesOf({ signing, withApiKey, scheme }: Call): Use[] {
  const uses: Use[] = []
  const name = usedName.value
  // Without credentials nothing is sent, and a later step says so.
  if ((signing !== 'none' || withApiKey || scheme !== '') && !isEmpty(identityOf(name))) {
    const what = name === '' ? 'the credentials under Auth' : `the credentials “${name}”`
    uses.push({ holder: ofIdentity(name), what, entered: wereEnteredHere(name) })
  }
  const secrets = secretsIn(effective.value)
  const chosen = environment.value
  if (chosen && secrets.length > 0) {
    const what = secrets.map((name) => `{{${name}}}`).join(', ')
    uses.push({ holder: ofEnvironment(chosen.id), what, entered: false })
  }
  return uses
}

/** The names of the secret variables that a request uses, including through other variables. */
function secretsIn(doc: RequestDoc): string[] {
  const variables = environment.value?.variables ?? []
  const names = new Set(usedIn(JSON.stringify(doc).replaceAll('\\"', "'")))
  for (const name of names) {
    const value = variables.find((item) => item.name === name)?.value ?? ''
    for (const inner of usedIn(value)) names.add(inner)
  }
  return variables.filter(({ name, secret }) => secret && names.has(name)).map(({ name }) => name)
}
