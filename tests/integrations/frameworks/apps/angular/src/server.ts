import { join } from 'node:path'
import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node'
import express from 'express'
import { newClient } from 'gatesign'
import { configOf } from './config.server'

const app = express()
const angularApp = new AngularNodeAppEngine()

app.get('/config', (_request, response) => {
  response.json(configOf())
})

app.get('/api', async (_request, response) => {
  const answer = await newClient(configOf()).fetch('/stage/movie_list')
  response.json({ movies: (await answer.json()).Items.length })
})

app.use(
  express.static(join(import.meta.dirname, '../browser'), { maxAge: '1y', index: false, redirect: false }),
)

app.use((request, response, next) => {
  angularApp
    .handle(request)
    .then((made) => (made ? writeResponseToNodeResponse(made, response) : next()))
    .catch(next)
})

if (isMainModule(import.meta.url)) app.listen(Number(process.env.PORT), '127.0.0.1')

export const reqHandler = createNodeRequestHandler(app)
