// A server of the Model Context Protocol behind IAM, as Amazon Bedrock AgentCore hosts them.

import { randomUUID } from 'node:crypto'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'
import { startVerifyingServer } from './verifying-server.mjs'

/** The SDK's own server, with a tool that tells how far it is while it works. */
export async function startMcp() {
  const sessions = new Map()
  const open = async () => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    })
    const server = new McpServer({ name: 'movies', version: '1.0.0' })
    server.registerTool(
      'find',
      { inputSchema: { title: z.string() } },
      async ({ title }, { sendNotification }) => {
        for (const data of ['looking', 'still looking']) {
          await sendNotification({ method: 'notifications/message', params: { level: 'info', data } })
        }
        return { content: [{ type: 'text', text: `found ${title}` }] }
      },
    )
    server.server.registerCapabilities({ logging: {} })
    await server.connect(transport)
    return transport
  }
  return startVerifyingServer('bedrock-agentcore', async (request, response, body) => {
    const transport = sessions.get(request.headers['mcp-session-id']) ?? (await open())
    await transport.handleRequest(request, response, body === '' ? undefined : JSON.parse(body))
  })
}
