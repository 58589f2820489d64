// The methods of an API, for a client of any other entry: it has no module of its own.

export { methodsOf } from 'gatesign-sdk/methods.ts'
