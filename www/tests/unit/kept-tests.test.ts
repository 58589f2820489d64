import { expect, test } from 'vitest'
import { readRequest } from '../../src/model/request'
import { safeRequest } from '../../src/model/secrets'

const tests = [{ status: 200 }, { json: '$.a', equals: 'a-secret-value' }]
const save = { id: '$.id' }

test('what gatesign run expects of an answer stays with a request that is read and given away', () => {
  const doc = readRequest({ url: 'https://a.example/', tests, save })
  expect(doc.tests).toEqual(tests)
  expect(doc.save).toEqual(save)
  expect(safeRequest(doc, []).tests).toEqual(tests)
  expect(readRequest(JSON.parse(JSON.stringify(doc))).save).toEqual(save)
})

test('without a secret, and without anything that no request had', () => {
  const doc = readRequest({ url: 'https://a.example/', tests })
  expect(JSON.stringify(safeRequest(doc, ['a-secret-value']))).not.toContain('a-secret-value')
  expect(readRequest({ url: 'https://a.example/' })).not.toHaveProperty('tests')
  expect(readRequest({ tests: 'x', save: 1 })).not.toHaveProperty('tests')
})
