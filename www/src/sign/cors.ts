// The preflight that a browser sends to a gateway before it lets a page send a request.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch

import { inShell, inYaml } from '../model/quote'
import type { Wire } from './wire'

export interface Preflight {
  origin: string
  method: string
  /** Lower case, sorted; only headers that need permission. */
  headers: string[]
  /** Whether the method must be allowed by name. */
  methodAsked: boolean
}

const SIMPLE_METHODS = ['GET', 'HEAD', 'POST']
const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']
const SIMPLE_HEADERS = ['accept', 'accept-language', 'content-language']

export function preflightOf({ method, headers }: Pick<Wire, 'method' | 'headers'>, origin = ''): Preflight {
  const preflightHeaders = Object.entries(headers).filter(
    ([name, value]) => !needsNoPermission(name.toLowerCase(), value),
  )
  return {
    origin,
    method,
    headers: preflightHeaders.map(([name]) => name.toLowerCase()).sort(),
    methodAsked: !SIMPLE_METHODS.includes(method),
  }
}

/** Whether the browser sends the request without a preflight. */
export const isSimple = ({ headers, methodAsked }: Preflight) => headers.length === 0 && !methodAsked

function needsNoPermission(name: string, value: string): boolean {
  if (value.length > 128) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the standard's list of unsafe bytes
  const unsafe = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/.test(value)
  if (SIMPLE_HEADERS.includes(name)) return name === 'accept' ? !unsafe : /^[\dA-Za-z *,\-.;=]*$/.test(value)
  if (name !== 'content-type') return false
  return !unsafe && SIMPLE_TYPES.includes(value.split(';')[0]?.trim().toLowerCase() ?? '')
}

export interface Setting {
  id: string
  label: string
  text: string
}

const title = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

/** The gateway's settings that allow it, for each format that describes APIs. */
export function settingsFor({ origin, method, headers }: Preflight): Setting[] {
  const names = headers.map(title)
  const list = names.join(',')
  const methods = `OPTIONS,${method}`
  return [
    { id: 'sam', label: 'SAM, REST API', text: sam(origin, methods, list) },
    { id: 'openapi', label: 'OpenAPI, REST API', text: openApi(origin, methods, list) },
    { id: 'http', label: 'AWS CLI, HTTP API', text: cli(origin, method, names) },
  ]
}

/** API Gateway expects a constant in single quotes, inside the string. */
const literal = (text: string) => inYaml(`'${text}'`)

const sam = (origin: string, methods: string, headers: string) => `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Auth:
        DefaultAuthorizer: AWS_IAM
        # The browser does not sign its preflight.
        AddDefaultAuthorizerToCorsPreflight: false
      Cors:
        AllowOrigin: ${literal(origin)}
        AllowMethods: ${literal(methods)}
        AllowHeaders: ${literal(headers)}
      # Without these a page cannot read why it was refused.
      GatewayResponses:
        DEFAULT_4XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: ${literal(origin)}
              Access-Control-Expose-Headers: "'x-amzn-errortype,x-amzn-requestid'"
        DEFAULT_5XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: ${literal(origin)}
`

const openApi = (origin: string, methods: string, headers: string) => `# under the path
options:
  # No security: the browser does not sign its preflight.
  security: []
  responses:
    "200":
      description: preflight
      headers:
        Access-Control-Allow-Origin: { schema: { type: string } }
        Access-Control-Allow-Methods: { schema: { type: string } }
        Access-Control-Allow-Headers: { schema: { type: string } }
  x-amazon-apigateway-integration:
    type: mock
    requestTemplates: { application/json: '{"statusCode": 200}' }
    responses:
      default:
        statusCode: "200"
        responseParameters:
          method.response.header.Access-Control-Allow-Origin: ${literal(origin)}
          method.response.header.Access-Control-Allow-Methods: ${literal(methods)}
          method.response.header.Access-Control-Allow-Headers: ${literal(headers)}

# at the top: without these a page cannot read why it was refused
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    responseParameters:
      gatewayresponse.header.Access-Control-Allow-Origin: ${literal(origin)}
      gatewayresponse.header.Access-Control-Expose-Headers: "'x-amzn-errortype,x-amzn-requestid'"
  DEFAULT_5XX:
    responseParameters:
      gatewayresponse.header.Access-Control-Allow-Origin: ${literal(origin)}
`

const cli = (
  origin: string,
  method: string,
  headers: string[],
) => `aws apigatewayv2 update-api --api-id API_ID --cors-configuration ${inShell(
  JSON.stringify(
    {
      AllowOrigins: [origin],
      AllowMethods: [method],
      AllowHeaders: headers,
      ExposeHeaders: ['x-amzn-errortype', 'apigw-requestid'],
    },
    null,
    2,
  ),
)}
`
