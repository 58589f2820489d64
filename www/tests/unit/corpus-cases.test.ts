// Collections and documents of other tools: what they describe is what a local server receives.

import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readText } from '../../src/import/read'
import { type Received, recorder } from './lib/recorder'
import { sendAll } from './lib/sent'

const FOLDER = new URL('../corpus/files/', import.meta.url)
const HOST = '127.0.0.1:9480'

let server: Awaited<ReturnType<typeof recorder>>
beforeAll(async () => {
  server = await recorder()
})
afterAll(() => server.close())

interface Expected {
  sent: Partial<Received>[]
  notes?: string[]
  /** What a person fills in first. */
  variables?: Record<string, string>
  credentials?: Record<string, string>
}

const EXPECTED: Record<string, Expected> = JSON.parse(
  readFileSync(new URL('../corpus/files.json', import.meta.url), 'utf8'),
)

it('has an expectation for every file', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(readdirSync(FOLDER).sort())
})

it.each(Object.entries(EXPECTED))(
  '%s',
  async (name, { sent, notes = [], variables = {}, credentials = {} }) => {
    const here = server.base.replace('http://', '')
    const text = readFileSync(new URL(name, FOLDER), 'utf8')
      .replaceAll('https://api.example.com', `http://${HOST}`)
      .replaceAll(HOST, here)
      .replaceAll('"9480"', `"${here.split(':')[1]}"`)
    const found = await readText(text)
    const entered = Object.entries(variables).map(([name, value]) => ({
      name,
      value: value.replaceAll(HOST, here),
      secret: false,
    }))
    found.environments.push({ id: '', name: '', variables: entered })
    found.credentials = { ...found.credentials, ...credentials }
    await sendAll(found)
    const received = server.take()
    expect(received).toMatchObject(sent)
    expect(received.length).toBe(sent.length)
    expect(found.notes.map((note) => notes.find((part) => note.includes(part)) ?? note).sort()).toEqual(
      [...notes].sort(),
    )
  },
)
