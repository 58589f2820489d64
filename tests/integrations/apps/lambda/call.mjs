// Calls the handler of a bundle as the runtime of Lambda does: node call.mjs FILE

const bundle = await import(new URL(process.argv[2], import.meta.url).href)
// Of CommonJS Node sees some names only in the whole.
const { handler } = bundle.default ?? bundle
const { statusCode, body } = await handler({ path: '/movie_list' })
console.log(statusCode, JSON.parse(body).Items.length)
