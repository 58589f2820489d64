import { percentEncoded } from '../model/percent'
import { inPython as quoted } from '../model/quote'
import { type Named, type Plain, signsForRegions } from './plain'

/** Needs only botocore; for several regions awscrt too. */
export function python({ call, method, url, headers, secretHeaders, secretQuery, body }: Plain): string {
  // botocore moves the body of a request that is signed in the query into the query.
  const inQuery = call.signing === 'query' && body === undefined
  const forRegions = signsForRegions(call)
  const auth = `${forRegions ? 'CrtSigV4Asym' : 'SigV4'}${inQuery ? 'Query' : ''}Auth`
  const rows = [
    ...headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},\n`),
    ...secretHeaders.map((named) => `    ${quoted(named.name)}: ${expressionOf(named)},\n`),
  ]
  const data =
    body === undefined
      ? ''
      : body === null
        ? ",\n    data=open('body.bin', 'rb').read()"
        : `,\n    data=${quoted(body)}.encode()`
  const expires = inQuery ? `, expires=${call.expiresIn}` : ''
  const signs = call.signing !== 'none'
  return `${imports(secretHeaders, secretQuery)}${signs ? 'import botocore.session\n' : ''}${signs ? `from botocore.${forRegions ? 'crt.' : ''}auth import ${auth}\n` : ''}from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

request = AWSRequest(
    method=${quoted(method)},
    url=${urlExpression(url, secretQuery)},
    headers={${rows.length > 0 ? `\n${rows.join('').replace(/^/gm, '    ').trimEnd()}\n    ` : ''}}${data},
)
${
  signs
    ? `credentials = botocore.session.Session().get_credentials()
${auth}(credentials, ${quoted(call.service)}, ${quoted(forRegions ? call.regionSet : call.region)}${expires}).add_auth(request)
`
    : ''
}response = URLLib3Session().send(request.prepare())
print(response.status_code)
print(response.text)
`
}

function imports(headers: Named[], query: Named[]): string {
  const lines = [
    ...(headers.some(({ form }) => form === 'basic') ? ['import base64'] : []),
    ...(headers.length + query.length > 0 ? ['import os'] : []),
    ...(query.length > 0 ? ['from urllib.parse import quote'] : []),
  ]
  return lines.length > 0 ? `${lines.join('\n')}\n\n` : ''
}

function expressionOf({ env, form }: Named): string {
  const value = `os.environ['${env}']`
  if (form === 'bearer') return `'Bearer ' + ${value}`
  if (form === 'basic') return `'Basic ' + base64.b64encode(${value}.encode()).decode()`
  return value
}

function urlExpression(url: string, secretQuery: Named[]): string {
  let out = quoted(url)
  let separator = new URL(url).search === '' ? '?' : '&'
  for (const named of secretQuery) {
    out += ` + ${quoted(`${separator}${percentEncoded(named.name)}=`)} + quote(${expressionOf(named)}, safe='')`
    separator = '&'
  }
  return out
}
