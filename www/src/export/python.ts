import type { Plain } from './plain'

/** Needs botocore and nothing else. */
export function python({ call, method, url, headers, body }: Plain): string {
  // botocore moves the body of a request that is signed in the query into the query.
  const inQuery = call.signing === 'query' && body === undefined
  const auth = inQuery ? 'SigV4QueryAuth' : 'SigV4Auth'
  const rows = [
    ...headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`),
    ...(call.withApiKey ? ["    'x-api-key': os.environ['API_KEY'],\n"] : []),
  ]
  const data =
    body === undefined
      ? ''
      : body === null
        ? ",\n    data=open('body.bin', 'rb').read()"
        : `,\n    data=${quoted(body)}.encode()`
  const expires = inQuery ? `, expires=${call.expiresIn}` : ''
  const signs = call.signing !== 'none'
  return `${call.withApiKey ? 'import os\n\n' : ''}${signs ? 'import botocore.session\n' : ''}${signs ? `from botocore.auth import ${auth}\n` : ''}from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

request = AWSRequest(
    method=${quoted(method)},
    url=${quoted(url)},
    headers={${rows.length > 0 ? `\n${rows.join('').replace(/^/gm, '    ').trimEnd()}\n    ` : ''}}${data},
)
${
  signs
    ? `credentials = botocore.session.Session().get_credentials()
${auth}(credentials, ${quoted(call.service)}, ${quoted(call.region)}${expires}).add_auth(request)
`
    : ''
}response = URLLib3Session().send(request.prepare())
print(response.status_code)
print(response.text)
`
}

/** A Python string: its escapes are JSON's, but for surrogates, which JSON.stringify writes only alone. */
const quoted = (text: string) =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\\/', '/')}'`
