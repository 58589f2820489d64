// This page's own format: collections, environments and history, without any credential.

import { readRequest } from '../model/request'
import { safeRequest, without } from '../model/secrets'
import { safeCollection } from '../state/collections'
import type { Collection } from '../state/db'
import { environments, safeEnvironment } from '../state/environments'
import { recallAll } from '../state/history'
import { secretValues } from '../state/secrets'

export function collectionsText(collections: Collection[]): string {
  return write({
    collections: collections.map(safeCollection),
    environments: environments.value.map(safeEnvironment),
  })
}

export async function historyText(): Promise<string> {
  const secrets = secretValues()
  const entries = (await recallAll()).map(({ row: { at, url, status, took, size }, doc }) => ({
    at: new Date(at).toISOString(),
    called: without(url, secrets),
    status,
    took,
    size,
    request: safeRequest(readRequest(doc), secrets),
  }))
  return write({ history: entries })
}

const write = (content: object) =>
  `${JSON.stringify({ format: 'gatesign-tester', version: 1, ...content }, null, 2)}\n`
