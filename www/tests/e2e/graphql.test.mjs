// The schema of a GraphQL API, asked for by introspection and signed as the request is: graphql-js answers, aws4 signs
// the same bytes again.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { after, beforeEach, test } from 'node:test'
import { buildSchema, graphql, NoSchemaIntrospectionCustomRule, parse, validate } from 'graphql'
import { LONG_LIVED } from '../../../tests/lib/gateway.mjs'
import { checkAccess } from '../lib/access.mjs'
import { setup } from '../lib/tester.mjs'

const aws4 = createRequire(import.meta.url)('aws4')

const schema = buildSchema(`
  "A film."
  type Movie { id: ID!, title: String!, year: Int, cast(first: Int!): [Person!]!, director: Person, plot: String @deprecated(reason: "read info") }
  type Person { name: String!, movies: [Movie!]! }
  enum Genre { DRAMA COMEDY }
  input Filter { genre: Genre, from: Int = 1900 }
  type Query { movie(id: ID!): Movie, movies(filter: Filter, years: [Int!]!): [Movie!]!, count: Int! }
  type Mutation { rate(id: ID!, stars: Int!): Movie }
`)
const rootValue = { movie: ({ id }) => ({ id, title: 'Gravity', year: 2013 }), count: 3 }

const state = { rules: [], status: 200, text: undefined, requests: [] }
beforeEach(() => Object.assign(state, { rules: [], status: 200, text: undefined, requests: [] }))
const server = createServer(async (request, response) => {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'authorization,content-type,x-amz-date')
  if (request.method === 'OPTIONS') return void response.end()
  let body = ''
  for await (const chunk of request) body += chunk
  state.requests.push({ ...request.headers, method: request.method, body })
  response.setHeader('content-type', 'application/json')
  response.statusCode = state.status
  if (state.text !== undefined) return void response.end(state.text)
  const { query, variables } = JSON.parse(body)
  const errors = validate(schema, parse(query), [...state.rules])
  const answer =
    state.rules.length > 0 && errors.length > 0
      ? { errors }
      : await graphql({ schema, source: query, rootValue, variableValues: variables })
  response.end(JSON.stringify(answer))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const api = `http://127.0.0.1:${server.address().port}/graphql`
after(() => {
  server.close()
  server.closeAllConnections()
})

const { withPage } = await setup()
const provoked = { provoked: [api] }
const part = (tester) => tester.page.getByRole('region', { name: 'Schema' })
const query = (tester) => tester.field('GraphQL query').evaluate((field) => field.value ?? field.innerText)

async function begin(tester) {
  await tester.credentials()
  await tester.url.fill(api)
  await tester.tab('Body').click()
  await tester.page.getByRole('radio', { name: 'GraphQL', exact: true }).check()
}

const load = (tester) => tester.button('Load the schema').press('Enter')

test(
  'is loaded signed, and writes an operation with its variables, which the API answers',
  withPage(async (tester) => {
    await begin(tester)
    await load(tester)
    const movie = part(tester).getByRole('button', { name: 'movie(id: ID!): Movie', exact: true })
    await movie.waitFor()
    const [{ method, authorization, body, host, ...headers }] = state.requests
    assert.equal(method, 'POST')
    const again = {
      host,
      method,
      path: '/graphql',
      body,
      service: 'execute-api',
      region: 'us-east-1',
      // aws4 adds a header that the browser writes.
      extraHeadersToIgnore: { 'content-length': true },
      headers: {
        accept: headers.accept,
        'content-type': headers['content-type'],
        'x-amz-date': headers['x-amz-date'],
      },
    }
    const signed = aws4.sign(again, {
      accessKeyId: LONG_LIVED.accessKey,
      secretAccessKey: LONG_LIVED.secretKey,
    })
    const signatureIn = (header) => /Signature=(\w+)/.exec(header)?.[1]
    const names = (header) => /SignedHeaders=([^,]+)/.exec(header)?.[1]
    assert.equal(names(signed.headers.Authorization), names(authorization))
    assert.equal(signatureIn(signed.headers.Authorization), signatureIn(authorization))
    await movie.press('Enter')
    await tester.until(async () => (await query(tester)).includes('query Movie($id: ID!)'))
    // What needs no argument and is no object is asked for.
    assert.match(await query(tester), /movie\(id: \$id\) \{\s+id\s+title\s+year\s+plot\s+\}/)
    await tester.write('GraphQL variables', '{ "id": "7" }')
    await tester.button('Send').click()
    await tester.status.getByText('200').waitFor()
    assert.match(await tester.shown(), /Gravity/)
  }, provoked),
)

test(
  'a field goes where the caret is, with what it cannot be without; a search finds types and fields',
  withPage(async (tester) => {
    await begin(tester)
    await load(tester)
    await part(tester)
      .getByText(/^\d+ types$/)
      .waitFor()
    await tester.write('GraphQL query', '{ }')
    // In the editor, not in the plain field before it: there the caret is elsewhere.
    await tester.page.locator('.code-host .cm-content').first().waitFor()
    await tester.field('GraphQL query').press('Control+Home')
    await tester.field('GraphQL query').press('ArrowRight')
    await part(tester).getByRole('button', { name: 'count: Int!' }).click()
    await tester.until(async () => /^\{count/.test(await query(tester)))
    await part(tester).getByLabel('Search the schema').fill('cast')
    await part(tester).getByRole('button', { name: 'cast(first: Int!): [Person!]!' }).click()
    await tester.until(async () => /cast\(first: \$first\) \{\s+name\s+\}/.test(await query(tester)))
    await part(tester).getByLabel('Search the schema').fill('Filter')
    await part(tester).getByText('from: Int').waitFor()
    await part(tester).getByLabel('Search the schema').fill('Genre')
    await part(tester).getByText('DRAMA, COMEDY').waitFor()
    await part(tester).getByLabel('Search the schema').fill('plot')
    await part(tester).getByText('read info').waitFor()
    await part(tester).getByLabel('Search the schema').fill('rate')
    await part(tester).getByRole('button', { name: 'rate(id: ID!, stars: Int!): Movie' }).waitFor()
  }, provoked),
)

test(
  'introspection that is switched off, a refusal, and what is no GraphQL are said in words',
  withPage(async (tester) => {
    await begin(tester)
    state.rules = [NoSchemaIntrospectionCustomRule]
    state.status = 400
    await load(tester)
    await part(tester).getByText('The API has introspection switched off').waitFor()
    state.text = '{"message":"The security token included in the request is expired"}'
    state.status = 403
    await load(tester)
    await part(tester)
      .getByText(/^The API answered 403: .*(?:token|expired)/)
      .waitFor()
    state.text = '<html>hello</html>'
    state.status = 200
    await load(tester)
    await part(tester).getByText('is this the URL of a GraphQL API?').waitFor()
    state.text = '{"data":null,"errors":[{"message":"Field \\"x\\" is unknown"}]}'
    await load(tester)
    await part(tester).getByText('Field "x" is unknown').waitFor()
  }, provoked),
)

for (const colorScheme of ['light', 'dark']) {
  test(
    `axe-core finds nothing in a schema at 360 px: ${colorScheme}`,
    withPage(
      async (tester) => {
        await begin(tester)
        await load(tester)
        await part(tester).getByRole('button', { name: 'count: Int!' }).waitFor()
        await checkAccess(tester, 'a schema')
      },
      { ...provoked, colorScheme, viewport: { width: 360, height: 760 }, bypassCSP: true },
    ),
  )
}
