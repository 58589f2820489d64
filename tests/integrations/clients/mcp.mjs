// The Model Context Protocol over HTTP, with its answers as Server-Sent Events, to a server behind IAM.

import assert from 'node:assert/strict'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { clientOf } from '../lib/checks.mjs'
import { startMcp } from '../lib/mcp-server.mjs'

export const rows = [
  {
    id: 'mcp',
    name: 'MCP TypeScript SDK',
    packages: ['@modelcontextprotocol/sdk'],
    how: '`StreamableHTTPClientTransport` with `fetch: client.fetch`, against its own server',
    async run(checks) {
      const server = await startMcp()
      const transportOf = (options) =>
        new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), {
          fetch: clientOf(server.url, { service: 'bedrock-agentcore', ...options }).fetch,
        })
      const transport = transportOf({})
      const mcp = new Client({ name: 'tests', version: '1.0.0' })
      const heard = []
      await checks.check('a tool, whose messages arrive as events', async () => {
        await mcp.connect(transport)
        mcp.fallbackNotificationHandler = async ({ params }) => void heard.push(params.data)
        const { content } = await mcp.callTool({ name: 'find', arguments: { title: 'Das Boot – ü' } })
        assert.equal(content[0].text, 'found Das Boot – ü')
        assert.deepEqual(heard, ['looking', 'still looking'])
      })
      await checks.check('the end of a session', () => transport.terminateSession())
      await mcp.close()
      await checks.check('the AWS SDK verifies POST, the GET of the event stream and DELETE', () => {
        const methods = new Set(server.arrived.map(({ method }) => method))
        assert.deepEqual([...methods].sort(), ['DELETE', 'GET', 'POST'])
        assert.deepEqual(
          server.arrived.filter(({ refusal }) => refusal),
          [],
        )
      })
      await checks.check('a wrong secret key is refused', async () => {
        const other = new Client({ name: 'tests', version: '1.0.0' })
        await assert.rejects(other.connect(transportOf({ secretKey: 'not-the-right-secret' })))
        assert.equal(server.arrived.at(-1).refusal, 'another signature')
      })
      server.stop()
    },
  },
]
