// For tools that read the field `module` and no `exports` (webpack 4, Parcel): an ES module whose code, in
// web.cjs, is written for ES2018.

export {
  apigClientFactory,
  apigClientFactory as default,
  createSigner,
  diagnose,
  newClient,
} from './web.cjs'
