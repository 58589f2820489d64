// Angular's HttpClient sends by itself, so an interceptor gives it what was signed.

import { HttpContextToken, type HttpInterceptorFn } from '@angular/common/http'
import type { Client } from 'gatesign'
import { from, switchMap } from 'rxjs'

/** The client that signs a request; a request without one is left as it is. */
export const SIGNED_BY = new HttpContextToken<Client | undefined>(() => undefined)

export const signing: HttpInterceptorFn = (request, next) => {
  const client = request.context.get(SIGNED_BY)
  if (!client) return next(request)
  const { method, urlWithParams } = request
  const headers: Record<string, string> = {}
  for (const name of request.headers.keys()) headers[name] = String(request.headers.getAll(name))
  const type = request.detectContentTypeHeader()
  if (type && !request.headers.has('content-type')) headers['content-type'] = type
  return from(client.sign(urlWithParams, { method, headers, body: request.serializeBody() })).pipe(
    switchMap(({ body, headers }) => {
      // Angular would write other bytes as JSON. A redirect would take the credentials with it.
      const sent = body instanceof Uint8Array ? body.buffer : body
      return next(request.clone({ setHeaders: headers, body: sent, redirect: 'error' }))
    }),
  )
}
