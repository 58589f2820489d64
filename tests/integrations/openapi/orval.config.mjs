export default {
  movies: {
    input: './movies.json',
    output: {
      target: './movies.ts',
      client: 'fetch',
      baseUrl: '/stage',
      urlEncodeParameters: true,
      override: { mutator: { path: './orval-fetch.ts', name: 'signed' } },
    },
  },
}
