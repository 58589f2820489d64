// Converts Swagger 2.0, which API Gateway exports too, to the equivalent OpenAPI 3 document.
//
// https://spec.openapis.org/oas/v2.0.html

import { type Json, list, record, text } from '../model/json'
import { refs } from './schema'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method']

/** References inside the document stay as they are, so the whole document is kept. */
export function fromSwagger(api: Json): Json {
  const resolve = refs(api)
  const paths = Object.entries(record(api.paths)).map(([path, value]): [string, unknown] => {
    const item = record(resolve(value))
    const shared = list(item.parameters)
    const operations = METHODS.filter((method) => item[method]).map((method): [string, unknown] => [
      method,
      operationOf(api, record(item[method]), shared, resolve),
    ])
    return [path, Object.fromEntries(operations)]
  })
  return {
    ...api,
    openapi: '3.0.0',
    servers: serversOf(api),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(record(api.securityDefinitions)).map(([name, scheme]) => [
          name,
          schemeOf(record(scheme)),
        ]),
      ),
    },
  }
}

function serversOf(api: Json): Json[] {
  const schemes = list(api.schemes).map((scheme) => text(scheme))
  const scheme = ['https', 'http', 'wss', 'ws'].find((name) => schemes.includes(name)) ?? 'https'
  const host = text(api.host)
  return [{ url: `${host === '' ? '' : `${scheme}://${host}`}/${text(api.basePath).replace(/^\/+/, '')}` }]
}

const schemeOf = (scheme: Json): Json =>
  scheme.type === 'basic' ? { ...scheme, type: 'http', scheme: 'basic' } : scheme

function operationOf(
  api: Json,
  operation: Json,
  shared: unknown[],
  resolve: (value: unknown) => unknown,
): Json {
  const all = new Map<string, Json>()
  for (const reference of [...shared, ...list(operation.parameters)]) {
    const parameter = record(resolve(reference))
    all.set(`${text(parameter.in)}\n${text(parameter.name)}`, parameter)
  }
  const parameters = [...all.values()]
  const consumes = list(operation.consumes ?? api.consumes).map((type) => text(type))
  const body = parameters.find((parameter) => parameter.in === 'body')
  const fields = parameters.filter((parameter) => parameter.in === 'formData')
  return {
    ...operation,
    parameters: parameters
      .filter((parameter) => parameter.in !== 'body' && parameter.in !== 'formData')
      .map(parameterOf),
    ...(body && { requestBody: { content: contentOf(body, consumes), required: body.required } }),
    ...(fields.length > 0 && { requestBody: { content: formOf(fields, consumes) } }),
  }
}

/** In Swagger 2.0 the fields of the schema are the parameter's own. */
function parameterOf(parameter: Json): Json {
  const { name, in: place, required, collectionFormat } = parameter
  const example = parameter['x-example'] ?? parameter.example
  const style: Json =
    collectionFormat === 'multi'
      ? { style: 'form', explode: true }
      : collectionFormat === 'ssv'
        ? { style: 'spaceDelimited', explode: false }
        : collectionFormat === 'pipes'
          ? { style: 'pipeDelimited', explode: false }
          : collectionFormat === 'tsv'
            ? { style: 'tabDelimited', explode: false }
            : place === 'query'
              ? { style: 'form', explode: false }
              : {}
  return { name, in: place, required, schema: parameter, ...style, ...(example !== undefined && { example }) }
}

function contentOf(body: Json, consumes: string[]): Json {
  const types = consumes.length > 0 ? consumes : ['application/json']
  const examples = record(body['x-examples'])
  return Object.fromEntries(
    types.map((type) => [
      type,
      { schema: body.schema, ...(Object.hasOwn(examples, type) && { example: examples[type] }) },
    ]),
  )
}

function formOf(fields: Json[], consumes: string[]): Json {
  const isFile = (field: Json) => field.type === 'file'
  const type =
    fields.some(isFile) || (consumes.length > 0 && !consumes.includes('application/x-www-form-urlencoded'))
      ? 'multipart/form-data'
      : 'application/x-www-form-urlencoded'
  const properties = fields.map((field): [string, unknown] => [
    text(field.name),
    isFile(field) ? { type: 'string', format: 'binary' } : field,
  ])
  return { [type]: { schema: { type: 'object', properties: Object.fromEntries(properties) } } }
}
