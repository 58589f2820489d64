// GraphQL clients, as AppSync is called: graphql-request, urql, Apollo.

import assert from 'node:assert/strict'
import * as apollo from '@apollo/client/core/index.js'
import { fetchExchange, Client as UrqlClient, gql as urqlGql } from '@urql/core'
import { GraphQLClient } from 'graphql-request'
import { startAppSync } from '../lib/appsync-server.mjs'
import { clientOf } from '../lib/checks.mjs'

const QUERY = 'query Movie($title: String!) { movie(title: $title) }'
const MUTATION = 'mutation Add($title: String!) { add(title: $title) }'
const VARIABLES = { title: 'Das Boot – ü' }

/**
 * @param {(client: import('gatesign').Client, url: string) => (text: string, variables: object) => Promise<any>} connect
 *   a function that resolves with `data`
 */
async function askWith(checks, connect) {
  const server = await startAppSync()
  const url = `${server.url}/graphql`
  const client = (options) => clientOf(server.url, { service: 'appsync', ...options })
  const ask = connect(client({}), url)
  await checks.check('a query', async () => {
    assert.equal((await ask(QUERY, VARIABLES)).movie, 'found Das Boot – ü')
  })
  await checks.check('a mutation', async () => {
    assert.equal((await ask(MUTATION, VARIABLES)).add, 'added Das Boot – ü')
  })
  await checks.check('the AWS SDK verifies both', () => {
    assert.deepEqual(
      server.arrived.map(({ method, refusal }) => [method, refusal]),
      [
        ['POST', undefined],
        ['POST', undefined],
      ],
    )
  })
  await checks.check('a wrong secret key is refused', async () => {
    await assert.rejects(connect(client({ secretKey: 'not-the-right-secret' }), url)(QUERY, VARIABLES))
    assert.equal(server.arrived.at(-1).refusal, 'another signature')
  })
  server.stop()
}

const HOW = '`fetch: client.fetch`, against GraphQL.js'

export const rows = [
  {
    id: 'graphql-request',
    name: 'graphql-request',
    packages: ['graphql-request'],
    how: HOW,
    run: (checks) =>
      askWith(checks, (client, url) => {
        const api = new GraphQLClient(url, { fetch: client.fetch })
        return (text, variables) => api.request(text, variables)
      }),
  },
  {
    id: 'urql',
    name: 'urql',
    packages: ['@urql/core'],
    how: HOW,
    run: (checks) =>
      askWith(checks, (client, url) => {
        const { fetch } = client
        const api = new UrqlClient({ url, fetch, exchanges: [fetchExchange], preferGetMethod: false })
        return async (text, variables) => {
          const document = urqlGql(text)
          const isQuery = text.startsWith('query')
          const { data, error } = await api[isQuery ? 'query' : 'mutation'](document, variables).toPromise()
          if (error) throw error
          return data
        }
      }),
  },
  {
    id: 'apollo',
    name: 'Apollo Client',
    packages: ['@apollo/client'],
    how: `\`HttpLink\`, ${HOW}`,
    run: (checks) =>
      askWith(checks, (client, uri) => {
        const { ApolloClient, gql, HttpLink, InMemoryCache } = apollo
        const link = new HttpLink({ uri, fetch: client.fetch })
        const api = new ApolloClient({ link, cache: new InMemoryCache() })
        return async (text, variables) => {
          const document = gql(text)
          const { data } = text.startsWith('query')
            ? await api.query({ query: document, variables })
            : await api.mutate({ mutation: document, variables })
          return data
        }
      }),
  },
]
