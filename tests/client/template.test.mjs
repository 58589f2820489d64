// RFC 6570 through the client: the RFC's own examples, and seeded templates next to url-template.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { newClient } from 'gatesign'
import urltemplate from 'url-template'
import { random } from '../lib/random-requests.mjs'

const require = createRequire(import.meta.url)
const examples = (name) =>
  JSON.parse(readFileSync(require.resolve(`url-template/uritemplate-test/${name}.json`), 'utf8'))

const ORIGIN = 'https://api.example.com'
const client = newClient({ invokeUrl: ORIGIN })
/** What is sent for a template behind a fixed path, and the same path with the text `expected` in its place. */
const sent = async (pathTemplate, pathParams) =>
  (await client.sign({ pathTemplate: `/x${pathTemplate}`, pathParams })).url
/** What a URL with `text` is, as it is sent: no fragment, and `'` and `|` encoded everywhere. */
function asSent(text) {
  const url = new URL(`${ORIGIN}/x${text}`)
  url.hash = ''
  const rest = (url.pathname + url.search).replace(
    /[|^]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return ORIGIN + rest.replaceAll("'", '%27').replace(/\?$/, '')
}

/**
 * Further examples, not the RFC's, in which url-template 2 does something else: the client does as
 * url-template, which the old package used.
 */
const AS_URL_TEMPLATE = {
  '/lookup{?Stra%C3%9Fe}': 'a triplet in the name of a variable is encoded again',
  '{?empty_list}': 'an empty list keeps its name',
  '{?empty_assoc}': 'an empty map keeps its name',
}

const counts = { examples: 0 }
const exceptions = new Set()
for (const file of ['spec-examples', 'spec-examples-by-section', 'extended-tests']) {
  for (const [section, { variables, testcases }] of Object.entries(examples(file))) {
    test(`${file}: ${section}`, async () => {
      for (const [template, given] of testcases) {
        if (given === false) continue
        const allowed = [given].flat().map(asSent)
        const url = await sent(template, variables)
        if (!allowed.includes(url)) {
          assert.equal(file, 'extended-tests', `${template}: ${url} is none of ${allowed.join(' ')}`)
          exceptions.add(template)
        }
        assert.equal(url, asSent(urltemplate.parse(template).expand(variables)), `${template}: url-template`)
        counts.examples += 1
      }
    })
  }
}

test('the examples are all there, and the exceptions are exact', () => {
  assert.deepEqual([...exceptions].sort(), Object.keys(AS_URL_TEMPLATE).sort())
  assert.equal(counts.examples, 205)
  console.log(`counted: RFC 6570 examples through the package and url-template: ${counts.examples}`)
})

const NAMES = ['a', 'b', 'c', 'list', 'map', 'n', 'none', 'empty']
const TEXTS = [
  '1',
  'a b',
  'é',
  '日本',
  '🙂',
  "!'()*",
  '%41',
  '50%',
  'a/b',
  'a?b&c=d',
  '',
  '~',
  '+',
  'x#y',
  '{z}',
  '<">',
  '\\',
]
const LITERALS = [
  '/',
  '/v1',
  '-',
  '.x',
  '~',
  'é',
  'a b',
  '%2F',
  '%',
  '(1)',
  '?q=1',
  '&r=',
  '#f',
  '{',
  '}',
  '{}',
  '{{',
  '}}',
  "'",
]

function randomTemplate(r) {
  const part = () => {
    if (r.chance(0.45)) return r.pick(LITERALS)
    const names = Array.from({ length: 1 + r.below(3) }, () => {
      return r.pick(NAMES) + r.pick(['', '', '', '*', ':1', ':3', ':20', ':', ':x'])
    })
    return `{${r.pick(['', '', '+', '#', '.', '/', ';', '?', '&', '=', '!', '|'])}${names.join(r.pick([',', ',', ',,']))}}`
  }
  return Array.from({ length: 1 + r.below(5) }, part).join('')
}

function randomValues(r) {
  const value = () => r.pick([r.pick(TEXTS), r.pick(TEXTS), r.below(100), r.chance(0.5), null, undefined])
  return {
    a: r.pick(TEXTS),
    b: value(),
    c: value(),
    list: Array.from({ length: r.below(4) }, value),
    map: Object.fromEntries(
      Array.from({ length: r.below(4) }, () => [r.pick(['k', 'é', 'a b', "k'"]), value()]),
    ),
    n: r.below(1e6) / 100,
    empty: '',
  }
}

/** Templates that url-template 2 throws for; the client expands them. */
const THROWN = {
  'str.split is not a function': 'a number or boolean in a list with + or #',
  'URI malformed': 'a prefix that ends within a character outside the basic plane',
}

test('3,000 seeded templates next to url-template', async () => {
  const r = random(6570)
  const thrown = Object.fromEntries(Object.keys(THROWN).map((message) => [message, 0]))
  let same = 0
  let percent = 0
  for (let i = 0; i < 3000; i++) {
    const template = randomTemplate(r)
    const values = randomValues(r)
    const what = `${JSON.stringify(template)} ${JSON.stringify(values)}`
    const ours = await sent(template, values)
    let theirs
    try {
      theirs = urltemplate.parse(template).expand(values)
    } catch (error) {
      assert.ok(error.message in thrown, `${what}: ${error}`)
      thrown[error.message] += 1
      continue
    }
    if (ours === asSent(theirs)) {
      same += 1
    } else {
      // A % with one digit after it: url-template leaves it, so that the URL is malformed.
      assert.equal(ours, asSent(theirs.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')), what)
      percent += 1
    }
  }
  console.log(
    `counted: random templates: ${same} as url-template; it throws for ${Object.values(thrown).join(' + ')}, leaves a lone % in ${percent}`,
  )
  assert.deepEqual(
    [same, percent, thrown],
    [2896, 2, { 'str.split is not a function': 86, 'URI malformed': 16 }],
  )
})
