// What orval calls in each generated function (its option `mutator`).

import { type Client, newClient } from 'gatesign'

let client: Client

export const signAs = (config: Parameters<typeof newClient>[0]) => {
  client = newClient(config)
}

export async function signed<T>(url: string, init: RequestInit): Promise<T> {
  const response = await client.fetch(url, init)
  const data = await response.json()
  return { data, status: response.status, headers: response.headers } as T
}
