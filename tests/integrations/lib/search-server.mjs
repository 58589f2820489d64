// OpenSearch and a model's API as their clients see them. Whatever arrives is verified with the AWS SDK's own signer.

import { startVerifyingServer } from './verifying-server.mjs'

const sendJson = (response, value, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

/** Documents of one index, as Amazon OpenSearch Service answers for them. */
export function startOpenSearch() {
  const documents = new Map()
  const put = (id, source) => {
    const result = documents.has(id) ? 'updated' : 'created'
    documents.set(id, source)
    return { _id: id, result, status: result === 'created' ? 201 : 200 }
  }
  return startVerifyingServer('es', ({ method, url }, response, body) => {
    const [, , kind, id] = url.split('?')[0].split('/').map(decodeURIComponent)
    if (kind === '_doc' && method === 'PUT') {
      const { status, ...answer } = put(id, JSON.parse(body))
      return sendJson(response, answer, status)
    }
    if (kind === '_bulk') {
      const lines = body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const items = lines.flatMap((line, place) =>
        line.index ? [{ index: put(line.index._id, lines[place + 1]) }] : [],
      )
      return sendJson(response, { errors: false, items })
    }
    if (kind === '_search') {
      const [[field, text]] = Object.entries(JSON.parse(body).query.match)
      const hits = [...documents]
        .filter(([, source]) => source[field].includes(text))
        .map(([_id, _source]) => ({ _id, _source }))
      return sendJson(response, { hits: { total: { value: hits.length }, hits } })
    }
    sendJson(response, { error: `no ${method} ${url} here` }, 400)
  })
}

/** A model that says what it was told, in one piece or in events, as Amazon Bedrock's OpenAI interface answers. */
export function startModel() {
  return startVerifyingServer('bedrock', (_request, response, body) => {
    const { messages, model, stream } = JSON.parse(body)
    const about = { id: 'chat-1', created: 1, model }
    const words = messages.at(-1).content.split(/(?= )/)
    if (!stream) {
      const message = { role: 'assistant', content: words.join('') }
      const choices = [{ index: 0, message, finish_reason: 'stop' }]
      return sendJson(response, { ...about, object: 'chat.completion', choices })
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const content of words) {
      const choices = [{ index: 0, delta: { content }, finish_reason: null }]
      response.write(`data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices })}\n\n`)
    }
    response.end('data: [DONE]\n\n')
  })
}
