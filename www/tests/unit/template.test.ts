import { expect, it } from 'vitest'
import { asTemplate, variablesOf, withoutFragment } from '../../src/model/template'

it('finds the variables of a template, and no environment variable', () => {
  expect(variablesOf('{{base}}/movie/{year}/{+title}{?q,list*}')).toEqual(['year', 'title', 'q', 'list'])
})

it('takes other braces for text', () => {
  expect(asTemplate('/a/{x}?filter={"a":1}')).toBe('/a/{x}?filter=%7B"a":1%7D')
})

it('drops a fragment, not the expression that looks like one', () => {
  expect(withoutFragment('/a{#b}#c')).toBe('/a{#b}')
})
