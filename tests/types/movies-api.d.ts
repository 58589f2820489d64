/* eslint-disable */
// biome-ignore-all lint: written by a program
/** movies 2026-11-29T00:00:00Z. Written by gatesign types: do not edit. */

import type { ClientOf, MethodOf, NoBody } from 'gatesign/sdk'

/** A client of `newClient<Api>(…)`. */
export type Client = ClientOf<Api>

/** What `newClient<Api>(…)` takes: paths, their methods, parameters, bodies and answers. */
export interface Api {
  '/': {
    GET: {
      pathParams: {}
      queryParams: {}
      headers: {}
      body: NoBody
      data: any
    }
  }
  '/movie_list': {
    /** All movies *\/ of the table */
    GET: {
      pathParams: {}
      queryParams: { limit?: number | null | undefined }
      headers: { 'X-Trace'?: string | number | null | undefined }
      body: NoBody
      data: Models['Movies']
    }
  }
  '/movie': {
    POST: {
      pathParams: {}
      queryParams: {}
      headers: {}
      body: Models['Movie']
      data: Models['Empty']
    }
  }
  '/movie/{year}/{title}': {
    GET: {
      pathParams: { year: number; title: string | number }
      queryParams: { lang?: 'en' | 'de' | 'ko' | null | undefined; tag?: readonly (string | number)[] | null | undefined }
      headers: {}
      body: NoBody
      data: {
        Item: Models['Movie']
      }
    }
    DELETE: {
      pathParams: { year: number; title: string | number }
      queryParams: {}
      headers: { 'If-Match': string | number }
      body: unknown
      data: any
    }
  }
  '/echo/{+proxy}': {
    GET: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: NoBody
      data: any
    }
    HEAD: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: NoBody
      data: any
    }
    POST: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: unknown
      data: any
    }
    PUT: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: unknown
      data: any
    }
    PATCH: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: unknown
      data: any
    }
    DELETE: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: unknown
      data: any
    }
    OPTIONS: {
      pathParams: { proxy: string | number }
      queryParams: {}
      headers: {}
      body: unknown
      data: any
    }
  }
}

/** What `methodsOf<Methods>(client, api)` returns. */
export interface Methods {
  /** GET / */
  rootGet: MethodOf<Api['/']['GET']>
  /** GET /movie_list: All movies *\/ of the table */
  movieListGet: MethodOf<Api['/movie_list']['GET']>
  /** POST /movie */
  moviePost: MethodOf<Api['/movie']['POST']>
  /** GET /movie/{year}/{title} */
  movieYearTitleGet: MethodOf<Api['/movie/{year}/{title}']['GET']>
  /** DELETE /movie/{year}/{title} */
  movieYearTitleDelete: MethodOf<Api['/movie/{year}/{title}']['DELETE']>
  /** GET /echo/{proxy+} */
  echoProxyGet: MethodOf<Api['/echo/{+proxy}']['GET']>
  /** HEAD /echo/{proxy+} */
  echoProxyHead: MethodOf<Api['/echo/{+proxy}']['HEAD']>
  /** POST /echo/{proxy+} */
  echoProxyPost: MethodOf<Api['/echo/{+proxy}']['POST']>
  /** PUT /echo/{proxy+} */
  echoProxyPut: MethodOf<Api['/echo/{+proxy}']['PUT']>
  /** PATCH /echo/{proxy+} */
  echoProxyPatch: MethodOf<Api['/echo/{+proxy}']['PATCH']>
  /** DELETE /echo/{proxy+} */
  echoProxyDelete: MethodOf<Api['/echo/{+proxy}']['DELETE']>
  /** OPTIONS /echo/{proxy+} */
  echoProxyOptions: MethodOf<Api['/echo/{+proxy}']['OPTIONS']>
  /** GET /movie_list: All movies *\/ of the table */
  ListMovies: MethodOf<Api['/movie_list']['GET']>
}

/** The models of the API. */
export interface Models {
  Movie: {
    /** The year of its first showing */
    year: number
    title: string
    info?: Models['Info']
    sequels?: Models['Movie'][]
  }
  Movies: {
    Items: Models['Movie'][]
    Count?: number
  }
  Info: {
    rating?: number
    directors?: string[]
  }
  Error: {
    message?: string
  }
  Empty: { [name: string]: any }
}

export type Movie = Models['Movie']
export type Movies = Models['Movies']
export type Info = Models['Info']
export type Error = Models['Error']
export type Empty = Models['Empty']
