// A page that its owner has filled by config.json, as the demo does; and one that may keep nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONG_LIVED, startGateway } from '../../../tests/lib/gateway.mjs'
import { setup } from '../lib/tester.mjs'

// The page names a gateway that has to run before it is served: setup() starts one of its own next to it.
const movies = await startGateway()
const config = {
  version: 1,
  environments: [
    { id: 'demo', name: 'Local gateway', variables: [{ name: 'base', value: `${movies.url}/stage` }] },
  ],
  collections: [
    {
      id: 'demo',
      name: 'Movies',
      requests: [
        {
          id: 'signed',
          name: 'Movies with a signature',
          method: 'GET',
          url: '{{base}}/movie_list',
          sendOnOpen: true,
          view: 'table',
          auth: { kind: 'iam', region: 'us-east-1', service: 'execute-api' },
        },
        { id: 'socket', name: 'News', url: 'WSS://abc.execute-api.us-east-1.amazonaws.com/prod' },
      ],
    },
  ],
  credentials: { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey },
  open: 'signed',
}
const { withPage } = await setup({ config })
test.after(() => movies.stop())

test(
  'one click shows the movies',
  withPage(async (tester) => {
    await tester.page.getByRole('button', { name: 'GET Movies with a signature' }).click()
    await tester.result.getByRole('region', { name: 'Table' }).getByText('Gravity').first().waitFor()
    const sent = (await movies.requests()).filter(({ method }) => method === 'GET')
    assert.deepEqual(
      sent.map(({ verdict }) => [verdict.ok, verdict.by]),
      [[true, 'header']],
    )
  }),
)

test(
  'the request that a first visit begins with shows its answer as a table too',
  withPage(async (tester) => {
    await tester.page.getByRole('button', { name: 'Send', exact: true }).click()
    await tester.result.getByRole('region', { name: 'Table' }).getByText('Gravity').first().waitFor()
  }),
)

test(
  'a WebSocket is listed as one, in whatever case its scheme is written',
  withPage(async (tester) => {
    await tester.page.getByRole('button', { name: 'WS News' }).waitFor()
  }),
)

const forbidden = (context) =>
  context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, { get: refuse })
    }
  })

test(
  'where storage is forbidden, all works but being kept',
  withPage(
    async (tester) => {
      await tester.page.getByRole('button', { name: 'GET Movies with a signature' }).click()
      await tester.result.getByRole('region', { name: 'Table' }).getByText('Gravity').first().waitFor()
      await tester.tab('History').click()
      await tester.page
        .getByRole('complementary', { name: 'Requests' })
        .getByText(/movie_list|Movies with a signature/)
        .first()
        .waitFor()
      await tester.page.getByRole('button', { name: /^Colours/ }).click()
    },
    { before: forbidden },
  ),
)
