// The web tester's config.json of the demo: a request for each of the page's features, ready to send.

/** For the API that the gateway has under /stage/private (tests/gateway/README.md). */
const PRIVATE_API_ID = 'a1b2c3d4e5'
const REFUSED = 'Refused, and why'
const OTHER = 'Other ways'
const ALL = '{{base}}/movie_list'

const NEW_MOVIE = `{
  "year": 2026,
  "title": "The Signature",
  "info": { "genres": ["Documentary"], "rating": 8.1 }
}`

/**
 * @param {string} gateway
 * @param {{ accessKeyId: string, secretAccessKey: string, apiKey: string, region: string }} keys
 * @param {{ accessKeyId: string, secretAccessKey: string, sessionToken: string }} ended credentials that have expired
 */
export function demoConfig(gateway, { region, ...keys }, ended) {
  // A click sends a request that changes nothing.
  const get = (id, name, url, { auth, ...more } = {}) => ({
    id,
    name,
    method: 'GET',
    url,
    sendOnOpen: true,
    auth: { kind: 'iam', region, service: 'execute-api', ...auth },
    ...more,
  })
  const requests = [
    get('signed', 'Movies with a signature', ALL, { view: 'table' }),
    get('key', 'Movies with an API key', '{{base}}/key/movie_list', { view: 'table', auth: { kind: 'key' } }),
    get('movie', 'One movie', '{{base}}/movie/{year}/{title}', {
      variables: { year: '2013', title: 'Gravity' },
    }),
    get('post', 'Add a movie', '{{base}}/movie', {
      method: 'POST',
      sendOnOpen: false,
      body: { kind: 'json', text: NEW_MOVIE },
    }),
  ]
  const refused = [
    get('secret', 'A wrong secret', ALL, { auth: { identity: 'Wrong secret' } }),
    get('expired', 'An expired session token', ALL, { auth: { identity: 'Expired session' } }),
    get('clock', 'A clock that is an hour off', ALL, { options: { clockOffset: 3_600_000 } }),
    get('nameless', 'A private API without its id', '{{base}}/private/movie_list'),
  ]
  const other = [
    get('private', 'A private API with its id', '{{base}}/private/movie_list', {
      headers: [{ name: 'x-apigw-api-id', value: PRIVATE_API_ID }],
    }),
    get('presigned', 'A presigned URL', ALL, { auth: { place: 'query' } }),
    get('events', 'Server-Sent Events', '{{base}}/events'),
    get('chat', 'A WebSocket to chat with', '{{socket}}/ws'),
  ]
  return {
    version: 1,
    environments: [
      {
        id: 'demo',
        name: 'Local gateway',
        variables: [
          { name: 'base', value: `${gateway}/stage` },
          { name: 'socket', value: `${gateway.replace('http', 'ws')}/stage` },
        ],
      },
    ],
    collections: [
      {
        id: 'demo',
        name: 'Movies of the local gateway',
        requests: [
          ...requests,
          ...refused.map((item) => ({ ...item, folder: REFUSED })),
          ...other.map((item) => ({ ...item, folder: OTHER })),
        ],
      },
    ],
    credentials: keys,
    identities: [
      {
        name: 'Wrong secret',
        accessKeyId: keys.accessKeyId,
        secretAccessKey: 'not-the-secret-of-this-access-key',
      },
      { name: 'Expired session', ...ended },
    ],
    open: 'signed',
  }
}
