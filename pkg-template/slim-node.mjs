// One instance for both module systems, by name as in node.mjs.

export {
  apigClientFactory,
  apigClientFactory as default,
  createSigner,
  diagnose,
  endpointOf,
  init,
  newClient,
} from './slim-node.cjs'
