// One sentence about what will not work with the request in the editor, and the action that fixes it.

import { computed } from '@preact/signals'
import { substituteKnown } from '../model/environment'
import { endpointOf, isOwnHost } from '../model/host'
import { own } from '../model/json'
import { row } from '../model/request'
import { EXPRESSION, withoutFragment } from '../model/template'
import { credentials } from './credentials'
import { lookup } from './environments'
import { doc, edit, editAuth, effective } from './request'
import { focusIn, requestTab } from './view'

export interface Hint {
  says: string
  /** The text of the button; empty: there is none. */
  label: string
  act: () => void
}

const nothing = () => {}

/** Shows a part of the request, and focuses a field of it. */
function showField(tab: typeof requestTab.value, field: string) {
  requestTab.value = tab
  focusIn('#request-panel', field)
}

export function useRegion(region: string) {
  editAuth({ region })
}

export function addApiId() {
  const has = doc.value.headers.findIndex(({ name }) => name.trim().toLowerCase() === API_ID)
  if (has === -1) edit({ headers: [...doc.value.headers, row(API_ID, '')] })
  const number = (has === -1 ? doc.value.headers.length - 1 : has) + 1
  showField('headers', `[aria-label="Value of header ${number}"]`)
}

export const openSessionToken = () => showField('auth', '[aria-label="Session token"]')

const API_ID = 'x-apigw-api-id'

/** The first thing that is wrong before anything is sent. */
export const hint = computed<Hint | undefined>(() => {
  const { url, auth, headers } = effective.value
  const filled = substituteKnown(url, lookup.value)
  const { region, warning, isVpcEndpoint } = endpointOf(filled)
  const ownRegion = substituteKnown(auth.region, lookup.value).trim()
  if (auth.kind === 'iam' && region !== '' && ownRegion !== '' && ownRegion !== region)
    return {
      says: `The host is in ${region}, the signature is for ${ownRegion}.`,
      label: `Use ${region}`,
      act: () => useRegion(region),
    }
  const [, hostname = ''] = /^http:\/\/([^/?#:]+)/i.exec(filled) ?? []
  if (hostname !== '' && !isOwnHost(hostname))
    return {
      says: 'http is not encrypted, and AWS APIs accept only https.',
      label: 'Use https',
      act: () => edit({ url: doc.value.url.replace(/^http:/i, 'https:') }),
    }
  const hasId = headers.some(
    ({ on, name, value }) => on && name.trim().toLowerCase() === API_ID && value.trim() !== '',
  )
  if (isVpcEndpoint) {
    if (!hasId) return { says: warning, label: `Add ${API_ID}`, act: addApiId }
  } else if (warning !== '') return { says: warning, label: '', act: nothing }
  const empty = emptyInPath(filled, effective.value.variables)
  if (empty !== undefined)
    return {
      says: `{${empty}} is empty: its segment is left out of the path.`,
      label: 'Fill it in',
      act: () => showField('params', `[data-variable="${CSS.escape(empty)}"]`),
    }
  const { accessKeyId, sessionToken } = credentials.value
  if (auth.kind === 'iam' && accessKeyId.startsWith('ASIA') && sessionToken === '')
    return {
      says: 'An ASIA… key is temporary: it needs its session token.',
      label: 'Open session token',
      act: openSessionToken,
    }
  return undefined
})

/** The first variable of the path, not of a query's expression, that has no value. */
function emptyInPath(url: string, variables: Readonly<Record<string, string>>): string | undefined {
  const path = withoutFragment(url).split(/(?<!\{)\?/, 1)[0] ?? ''
  for (const [, operator, list = ''] of path.matchAll(EXPRESSION)) {
    if (operator === '?' || operator === '&' || operator === '#' || operator === ';') continue
    for (const spec of list.split(',')) {
      const name = spec.replace(/(?:\*|:\d+)$/, '')
      if ((own(variables, name) ?? '') === '') return name
    }
  }
  return undefined
}
