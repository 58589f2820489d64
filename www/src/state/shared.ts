// Opens the request in a link. As with any import, the user sees it before it is sent, and is asked.

import { record } from '../model/json'
import { readRequest } from '../model/request'
import { safeRequest } from '../model/secrets'
import { linkTo, requestOfLink } from '../model/share'
import { notify } from './notice'
import { effective } from './request'
import { secretValues } from './secrets'
import { open } from './tabs'

export async function openLink(hash: string) {
  const given = record(await requestOfLink(hash))
  history.replaceState(null, '', location.pathname + location.search)
  if (Object.keys(given).length === 0) return notify('The link to a request could not be read.')
  open(readRequest(given))
  notify('The link contained a request: check it before you send it.')
}

export async function copyLink() {
  const link = await linkTo(safeRequest(effective.value, secretValues()), location.href)
  try {
    await navigator.clipboard.writeText(link)
    notify('The link was copied. It has no credentials in it.')
  } catch {
    notify('The browser did not allow copying.')
  }
}
