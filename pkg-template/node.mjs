// One instance for both module systems. By name, because Bun and Node differ in what the default import of
// a CommonJS module with __esModule is.

export {
  apigClientFactory,
  apigClientFactory as default,
  createSigner,
  diagnose,
  endpointOf,
  newClient,
} from './node.cjs'
