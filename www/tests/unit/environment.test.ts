import { describe, expect, it } from 'vitest'
import { DYNAMIC, Dynamics } from '../../src/model/dynamic'
import {
  lookupOf,
  MissingVariable,
  publicLookupOf,
  substitute,
  substituteKnown,
} from '../../src/model/environment'

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

describe('values in values', () => {
  const of = (values: Record<string, string>) => new Map(Object.entries(values))

  it('are put in, however deep', () => {
    const lookup = of({
      url: '{{scheme}}://{{host}}',
      host: '{{stage}}.example',
      stage: 'test',
      scheme: 'https',
    })
    expect(substitute('{{url}}/{{ stage }}', lookup)).toBe('https://test.example/test')
  })

  it('and a missing one inside is named', () => {
    expect(() => substitute('{{a}}', of({ a: '{{b}}' }))).toThrow('{{b}} has no value')
    expect(substituteKnown('{{a}} {{c}}', of({ a: '{{b}}', c: 'd' }))).toBe('{{a}} d')
  })

  it('circles end', () => {
    for (const values of [of({ a: '{{a}}' }), of({ a: '{{b}}', b: 'x{{c}}', c: '{{a}}' })]) {
      expect(() => substitute('{{a}}', values)).toThrow('contains itself')
      expect(substituteKnown('{{a}}', values)).toBe('{{a}}')
    }
  })

  it.each(['x'.repeat(100), ''])('and so does what grows without end (%j)', (seed) => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`v${i}`, i === 0 ? seed : `{{v${i - 1}}}{{v${i - 1}}}`]),
    )
    expect(() => substitute('{{v59}}', of(doubling))).toThrow('too long')
  })
})

describe('dynamic variables', () => {
  it('have values of their forms, and another one each time', () => {
    const lookup = new Dynamics().over(new Map())
    expect(substitute('{{$guid}}', lookup)).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    expect(substitute('{{$guid}}', lookup)).not.toBe(substitute('{{$guid}}', lookup))
    const before = Date.now()
    const times = [
      Number(substitute('{{$timestamp}}', lookup)) * 1000,
      Date.parse(substitute('{{$isoTimestamp}}', lookup)),
    ]
    for (const time of times) {
      expect(time).toBeGreaterThan(before - 1_000)
      expect(time).toBeLessThanOrEqual(Date.now())
    }
    for (const name of Object.keys(DYNAMIC)) expect(substitute(`{{${name}}}`, lookup)).not.toBe('')
  })

  it('an environment comes first, and unknown ones are refused', () => {
    expect(substitute('{{$guid}}', new Dynamics().over(new Map([['$guid', 'mine']])))).toBe('mine')
    for (const name of ['$nothing', 'constructor', '__proto__', 'toString'])
      expect(() => substitute(`{{${name}}}`, new Dynamics().over(new Map()))).toThrow('has no value')
  })

  it('of one request are the same when they are asked for again', () => {
    const dynamics = new Dynamics()
    const text = '{{$guid}} {{$guid}} {{$randomInt}}'
    expect(substitute(text, dynamics.over(new Map()))).toBe(substitute(text, dynamics.over(new Map())))
  })
})
