// The WebSockets of AWS AppSync: needs not the module itself.

export { appsyncAuthorization, appsyncConnection } from 'gatesign-clients/appsync.ts'
