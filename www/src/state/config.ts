// The config.json next to the page: collections, environments and credentials that the page's owner provides. README.md
// describes its format.

import { collectionOf, environmentOf } from '../model/collection'
import { type Environment, lookupOf } from '../model/environment'
import { type Json, list, record, records, text } from '../model/json'
import { originOf } from '../model/origin'
import { settingsIn, withSettings } from '../model/settings'
import { configCollections } from './collections'
import { chooseEnvironment, environmentId, environments } from './environments'
import { forwarder } from './forwarder'
import { changeIdentity, DEFAULT } from './identities'
import { profiles } from './profiles'
import { doc } from './request'
import { open } from './tabs'
import { trust } from './trusted'
import { answerView } from './view'

export function takeConfig(config: Json) {
  configCollections.value = records(config.collections).map(collectionOf)
  const brought = records(config.environments).map(environmentOf)
  const ids = new Set(brought.map(({ id }) => id))
  environments.value = [...brought, ...environments.value.filter(({ id }) => !ids.has(id))]
  const [first] = brought
  if (first && environmentId.value === '') chooseEnvironment(first.id)
  if (config.forwarder) {
    const { hosts, token } = record(config.forwarder)
    forwarder.value = { hosts: list(hosts).map((host) => text(host)), token: text(token) }
  }
  const { names, token } = record(config.profiles)
  profiles.value = { names: list(names).map((name) => text(name)), token: text(token) }
  giveCredentials(DEFAULT, record(config.credentials))
  for (const item of records(config.identities)) giveCredentials(text(item.name), item)
  trust(
    configCollections.value.flatMap((collection) =>
      collection.requests.flatMap((item) =>
        originsOf(withSettings(item, settingsIn(collection, item.folder)).url, brought),
      ),
    ),
  )
  const all = configCollections.value.flatMap((collection) =>
    collection.requests.map((item) => ({ collection, item })),
  )
  const opened = all.find(({ item }) => item.id === config.open)
  if (opened && doc.value.url === '') {
    const { collection, item } = opened
    open(item, { collectionId: collection.id, id: item.id, folder: item.folder })
    answerView.value = item.view ?? 'pretty'
  }
}

function giveCredentials(name: string, keys: Json) {
  if (text(keys.accessKeyId) === '' && text(keys.apiKey) === '') return
  changeIdentity(name, {
    accessKeyId: text(keys.accessKeyId),
    secretAccessKey: text(keys.secretAccessKey),
    sessionToken: text(keys.sessionToken),
    apiKey: text(keys.apiKey),
    expiresAt: Date.parse(text(keys.expiration)) || 0,
  })
}

const originsOf = (url: string, environments: Environment[]) => [
  originOf(url),
  ...environments.map((item) => originOf(url, lookupOf(item))),
]
