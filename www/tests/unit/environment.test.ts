import { expect, it } from 'vitest'
import { lookupOf, MissingVariable, publicLookupOf, substitute } from '../../src/model/environment'

const environment = {
  id: 'e',
  name: 'Test',
  variables: [
    { name: 'base', value: 'https://x.example', secret: false },
    { name: 'empty', value: '', secret: false },
    { name: 'token', value: 'hidden', secret: true },
    { name: 'forgotten', value: '', secret: true },
  ],
}

it('puts in what has a value, and an empty one that is meant to be', () => {
  expect(substitute('{{base}}/{{ token }}{{empty}}', lookupOf(environment))).toBe('https://x.example/hidden')
})

it('does not send an empty text for a secret that a reload forgot', () => {
  expect(() => substitute('{{forgotten}}', lookupOf(environment))).toThrow(MissingVariable)
  expect(() => substitute('{{unknown}}', lookupOf(environment))).toThrow(
    '{{unknown}} has no value in this environment',
  )
})

it('names a secret in snippets, whether it has a value or not', () => {
  expect(substitute('{{token}} {{forgotten}}', publicLookupOf(environment))).toBe('YOUR_TOKEN YOUR_FORGOTTEN')
})
