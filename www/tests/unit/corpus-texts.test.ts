// Texts of other tools, and what a local server receives of their import.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readText } from '../../src/import/read'
import { recorder } from './lib/recorder'
import { docsOf, sendAll } from './lib/sent'

const HOST = '127.0.0.1:9480'

const CASES = readFileSync(new URL('../corpus/texts.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((entry) => {
    const [name = '', ...rest] = entry.split('\n')
    const [text = '', ...sections] = rest.join('\n').split(/^--- (?=(?:sent|notes)$)/m)
    const lines = (wanted: string) =>
      (sections.find((item) => item.startsWith(`${wanted}\n`)) ?? '').split('\n').slice(1).filter(Boolean)
    return { name, text, sent: lines('sent').map((line) => JSON.parse(line)), notes: lines('notes') }
  })

let server: Awaited<ReturnType<typeof recorder>>
beforeAll(async () => {
  server = await recorder()
})
afterAll(() => server.close())

describe('what is described is sent', () => {
  it.each(CASES)('$name', async ({ text, sent, notes }) => {
    const found = await readText(text.replaceAll(HOST, server.base.replace('http://', '')))
    const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
    if (found.identities.length === 0 && !found.credentials.accessKeyId)
      Object.assign(found.credentials, keys)
    for (const doc of docsOf(found))
      if (doc.auth.kind === 'iam' && doc.auth.region === '') doc.auth.region = 'us-east-1'
    await sendAll(found)
    const received = server.take()
    expect(received).toMatchObject(sent)
    expect(received.length).toBe(sent.length)
    expect(found.notes.map((note) => notes.find((part) => note.includes(part)) ?? note).sort()).toEqual(
      [...notes].sort(),
    )
  })
})

describe('a text that is something else is named', () => {
  it.each([
    ['http POST example.org a=b', 'HTTPie'],
    ['wget https://example.org', 'wget'],
    ['Invoke-WebRequest -Uri "https://example.org"', 'PowerShell'],
    ['import requests\nrequests.get("https://example.org")', 'Python'],
    ['<!doctype html><title>x</title>', 'HTML'],
    ['<?xml version="1.0"?><wsdl:definitions/>', 'WSDL'],
    ['#%RAML 1.0\ntitle: x', 'RAML'],
    ['[default]\naws_access_key_id = AKIDEXAMPLE', 'credentials'],
    ['query { movies { title } }', 'GraphQL'],
    ['{"openapi":"4.0.0"}', 'OpenAPI 4.0.0'],
    ['{"asyncapi":"3.0.0"}', 'AsyncAPI'],
    ['{"id":"1","order":[],"requests":[]}', 'format 1'],
    ['aws s3 ls', 'AWS CLI'],
    ['const a = 1', 'JavaScript without a request'],
    ['const a = {', 'JavaScript, and is not valid'],
    ['just words', 'not a format that the page reads'],
  ])('%j', (text, name) => expect(readText(text)).rejects.toThrow(name))
})
