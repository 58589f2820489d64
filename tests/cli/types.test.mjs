// `gatesign types`: what it writes is TypeScript that compiles, whatever the document has in it.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stringify } from 'yaml'
import { startTerminal } from '../lib/terminal.mjs'
import { installed } from '../runtimes/lib/packages.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TSC = installed('typescript/bin/tsc', join(ROOT, 'xtask'))
const MOVIES = join(ROOT, 'tests/sdk/movies.json')
const movies = JSON.parse(readFileSync(MOVIES, 'utf8'))
const WRITTEN = readFileSync(join(ROOT, 'tests/types/movies-api.d.ts'), 'utf8')
const { gatesign, folder } = await startTerminal()

/** Next to the tests' packages, where the types of the package are found. */
const target = join(ROOT, 'node_modules/.types')
mkdirSync(target, { recursive: true })
const project = mkdtempSync(join(target, 'run-'))
after(() => rmSync(project, { recursive: true, force: true }))

/** The types of a document. */
async function typesOf(document) {
  const { code, out, error } = await gatesign(['types', '-'], { input: JSON.stringify(document) })
  assert.deepEqual([code, error], [0, ''])
  return out
}

/** What is compiled at the end, all at once: the types of each test, and a program that uses them. */
let count = 0
function compiles(types, program = '') {
  count += 1
  writeFileSync(join(project, `api-${count}.ts`), types)
  if (program !== '')
    writeFileSync(join(project, `program-${count}.ts`), program.replace('./api.js', `./api-${count}.js`))
}

/** A document with these models, and an operation that returns the first of them. */
const withModels = (schemas) => ({
  openapi: '3.0.1',
  info: { title: 'Models' },
  paths: {
    '/x': {
      get: {
        responses: {
          200: {
            content: {
              'application/json': { schema: { $ref: `#/components/schemas/${Object.keys(schemas)[0]}` } },
            },
          },
        },
      },
    },
  },
  components: { schemas },
})

describe('the example', () => {
  test('is what tests/types compiles', async () => {
    const { code, out } = await gatesign(['types', MOVIES])
    assert.deepEqual([code, out], [0, WRITTEN])
  })

  test('to a file, with either name of the option', async () => {
    for (const option of ['-o', '--out', '--output']) {
      const file = join(folder, `api${option}.d.ts`)
      assert.deepEqual(await gatesign(['types', MOVIES, option, file]), { code: 0, out: '', error: '' })
      assert.equal(readFileSync(file, 'utf8'), WRITTEN)
    }
  })

  test('YAML is the same', async () => {
    for (const input of [
      stringify(movies),
      stringify(movies, { defaultKeyType: 'QUOTE_DOUBLE' }),
      `\ufeff${stringify(movies)}`,
    ]) {
      const { code, out, error } = await gatesign(['types', '-'], { input })
      assert.deepEqual([code, error, out], [0, '', WRITTEN])
    }
  })

  test('Swagger 2.0 is the same', async () => {
    const { year, title } = { year: { type: 'integer' }, title: { type: 'string' } }
    const definitions = { Movie: { type: 'object', required: ['year'], properties: { year, title } } }
    const parameters = [{ name: 'limit', in: 'query', type: 'integer' }]
    const body = { name: 'Movie', in: 'body', required: true, schema: { $ref: '#/definitions/Movie' } }
    const paths = {
      '/m': {
        get: { parameters, responses: { 200: { schema: { $ref: '#/definitions/Movie' } } } },
        post: { parameters: [body] },
      },
    }
    const swagger = await typesOf({ swagger: '2.0', info: { title: 'M', version: 1 }, paths, definitions })
    assert.match(
      swagger,
      /POST: \{\n {6}pathParams: \{\}\n {6}queryParams: \{\}\n {6}headers: \{\}\n {6}body: Models\['Movie'\]/,
    )
    assert.match(swagger, /queryParams: \{ limit\?: number \| null \| undefined \}/)
    assert.match(swagger, /data: Models\['Movie'\]/)
    compiles(swagger)
  })
})

test('the example of the document compiles', () => {
  const text = readFileSync(join(ROOT, 'docs/command.md'), 'utf8')
  const [, program] = /```ts\n([\s\S]*?)```/.exec(text)
  assert.match(program, /newClient<Api>/)
  compiles(WRITTEN, program)
})

describe('schemas', () => {
  // Name, schema, a value that it takes, a value that it does not.
  for (const [name, schema, right, wrong] of [
    ['enum', { type: 'string', enum: ['a', "b'c"] }, "'a'", "'d'"],
    ['const', { const: 7 }, '7', '8'],
    ['nullable', { type: 'integer', nullable: true }, 'null', "'x'"],
    ['types of 3.1', { type: ['string', 'null'] }, 'null', '1'],
    ['list', { type: 'array', items: { type: 'number' } }, '[1]', "['1']"],
    [
      'tuple',
      { prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
      "['a', 1]",
      "['a', 1, 2]",
    ],
    ['map', { type: 'object', additionalProperties: { type: 'integer' } }, '{ a: 1 }', "{ a: 'x' }"],
    ['closed', { type: 'object', additionalProperties: false }, '{}', '{ a: 1 }'],
    [
      'open',
      { properties: { a: { type: 'string' } }, additionalProperties: true },
      '{ a: "x", b: 1 }',
      '{ a: 1 }',
    ],
    ['needed, but not described', { type: 'object', required: ['a'] }, '{ a: 1 }', '{ b: 1 }'],
    [
      'allOf',
      { allOf: [{ required: ['a'], properties: { a: { type: 'string' } } }, { properties: { b: {} } }] },
      "{ a: 'x', b: 1 }",
      '{ b: 1 }',
    ],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'boolean' }] }, 'true', '1'],
    [
      'oneOf in allOf',
      { allOf: [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'string' }] },
      "'x'",
      '1',
    ],
    ['list of either', { items: { oneOf: [{ type: 'string' }, { type: 'number' }] } }, "['x', 1]", '[true]'],
    [
      'read only',
      { properties: { id: { type: 'integer', readOnly: true } }, required: ['id'] },
      '{}',
      "{ id: 'x' }",
    ],
    ['anything', {}, 'Symbol.iterator', undefined],
    ['nothing', false, undefined, '1'],
    [
      'in itself',
      { properties: { next: { $ref: '#/components/schemas/Model' } } },
      '{ next: { next: {} } }',
      '{ next: 1 }',
    ],
    [
      'a list of itself',
      { type: 'array', items: { $ref: '#/components/schemas/Model' } },
      '[[], [[]]]',
      undefined,
    ],
    [
      'a part of itself',
      { properties: { a: { type: 'integer' }, b: { $ref: '#/components/schemas/Model/properties/a' } } },
      '{ b: 1 }',
      "{ b: 'x' }",
    ],
  ]) {
    test(name, async () => {
      const types = await typesOf(withModels({ Model: schema }))
      const line = (value, mark) =>
        value === undefined
          ? ''
          : `${mark}\nconst v${mark.length}: Model = ${value}; console.log(v${mark.length})\n`
      const program = `import type { Model } from './api.js'\ndeclare const console: { log(value: unknown): void }\n${line(right, '')}${line(wrong, '// @ts-expect-error')}export {}\n`
      compiles(types, program)
    })
  }

  test('circles with nothing between', async () => {
    const ref = (name) => ({ $ref: `#/components/schemas/${name}` })
    const types = await typesOf(
      withModels({
        Start: { allOf: [ref('A')] },
        A: ref('B'),
        B: { oneOf: [ref('C'), { type: 'string' }] },
        C: { anyOf: [ref('A')] },
        Self: ref('Self'),
        End: { allOf: [ref('Start'), { properties: { end: ref('End') } }] },
      }),
    )
    compiles(types)
  })
})

describe('hostile documents', () => {
  const NAMES = [
    '__proto__',
    'constructor',
    "it's",
    'a"b',
    'a\\',
    'new\nline',
    '*/',
    '\u2028',
    '$' + '{x}',
    'Array',
    'Api',
    'string',
    '',
    '-',
    '1',
    'é',
    '\ud800',
    '</script>',
    'a/b',
    'a~b',
    'a%2Fb',
    'toString',
  ]

  test('names of models, members, parameters, paths and ids', async () => {
    const schemas = Object.fromEntries(
      NAMES.map((name) => [
        name,
        {
          properties: Object.fromEntries(
            NAMES.map((inner) => [inner, { type: 'string', description: inner }]),
          ),
          required: NAMES,
          description: name,
        },
      ]),
    )
    const parameters = NAMES.flatMap((name) => ['query', 'header'].map((place) => ({ name, in: place })))
    const paths = Object.fromEntries(
      NAMES.map((name) => [`/${name}/{${name}}`, { get: { operationId: name, summary: name, parameters } }]),
    )
    const document = JSON.parse(
      JSON.stringify({ ...withModels({ Model: {} }), info: { title: '*/ alert(1) //' } }),
    )
    // Written as text: `__proto__` is a name like any other there.
    const text = JSON.stringify(document)
      .replace('"paths":{', `"paths":{${JSON.stringify(paths).slice(1, -1)},`)
      .replace('"schemas":{', `"schemas":{${JSON.stringify(schemas).slice(1, -1)},`)
    const { code, out, error } = await gatesign(['types', '-'], { input: text })
    assert.deepEqual([code, error], [0, ''])
    compiles(out)
    // Control characters but for line ends, separators of lines, and halves of characters.
    assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u)
  })

  test('values where others belong', async () => {
    for (const junk of [
      null,
      1,
      'x',
      true,
      [],
      [null],
      { $ref: 1 },
      { $ref: '#/nowhere' },
      { $ref: 'other.json#/x' },
    ]) {
      const document = {
        openapi: '3.0.1',
        info: junk,
        paths: {
          '/x': {
            parameters: junk,
            get: { parameters: [junk], requestBody: junk, responses: junk, operationId: junk, summary: junk },
            post: {
              responses: { 200: junk, 201: { content: { 'application/json': junk } } },
              requestBody: { content: { 'application/json': { schema: junk } } },
            },
          },
          '/y': junk,
        },
        components: {
          schemas: {
            Junk: junk,
            Inner: { properties: junk, items: junk, allOf: junk, enum: junk, required: junk, type: junk },
          },
        },
      }
      const { code, out } = await gatesign(['types', '-'], { input: JSON.stringify(document) })
      assert.equal(code, 0)
      compiles(out)
    }
  })

  test('what is in another file is said', async () => {
    const { code, error } = await gatesign(['types', '-'], {
      input: JSON.stringify(withModels({ A: { $ref: 'b.json#/\u001b[31m' } })),
    })
    assert.equal(code, 0)
    assert.match(error, /^gatesign: written as unknown, because it is in another file: b\.json#\//)
    assert.ok(!error.includes('\u001b'))
  })

  test('deep, wide, and described many times over', async () => {
    let deep = { type: 'string' }
    for (let depth = 0; depth < 2000; depth += 1) deep = { properties: { a: deep } }
    // Each names the next one twice: written out, that would be two to the power of forty.
    const doubled = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `D${index}`,
        {
          properties: {
            a: { $ref: `#/components/schemas/D${index + 1}` },
            b: { $ref: `#/components/schemas/D${index + 1}` },
          },
        },
      ]),
    )
    const wide = {
      properties: Object.fromEntries(
        Array.from({ length: 20_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
      ),
    }
    const types = await typesOf(withModels({ Deep: deep, ...doubled, Wide: wide }))
    assert.ok(types.length < 2_000_000)
    compiles(types)
  })
})

describe('refusals', () => {
  for (const [input, message] of [
    ['', /- must be an OpenAPI 3 or Swagger 2\.0 document, parsed; got null/],
    ['{', /- is not valid JSON/],
    ['[]', /- must be an OpenAPI 3 or Swagger 2\.0 document, parsed; got an array/],
    ['a: [', /- is not valid YAML/],
    ['[a: b', /- is not valid JSON/],
    ['just text', /got string/],
    [`a: ${'['.repeat(5000)}`, /- is nested too deeply to be read/],
    [JSON.stringify({ openapi: '3.0.1', paths: {} }), /- must have operations under paths; got none/],
    [JSON.stringify({ asyncapi: '3.0.0' }), /got another object/],
  ]) {
    test(JSON.stringify(input.slice(0, 30)), async () => {
      const { code, out, error } = await gatesign(['types', '-'], { input })
      assert.deepEqual([code, out], [2, ''])
      assert.match(error, message)
    })
  }

  test('files that cannot be read or written, and arguments', async () => {
    assert.match((await gatesign(['types', join(folder, 'none.json')])).error, /ENOENT/)
    const { code, error } = await gatesign(['types', MOVIES, '-o', join(folder, 'none/api.d.ts')])
    assert.equal(code, 23)
    assert.match(error, /ENOENT/)
    assert.equal((await gatesign(['types'])).code, 2)
    assert.equal((await gatesign(['types', MOVIES, '--region', 'x'])).code, 2)
  })
})

test('all of these types compile', async () => {
  const compilerOptions = { strict: true, noEmit: true, target: 'es2022', module: 'preserve', types: [] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  await promisify(execFile)(process.execPath, [TSC, '--project', project]).catch(({ stdout }) =>
    assert.fail(stdout),
  )
  console.log(`counted: ${count} documents whose types compile`)
})
