// Credentials in Node, Deno and Bun: what pages have, and what this machine has.

const { fromCognitoIdentity, fromCognitoIdentityPool } = require('gatesign-credentials/node/cognito.ts')
const { temporaryCredentials } = require('gatesign-credentials/sts.ts')
const { chainProvider } = require('gatesign-credentials/node/chain.ts')
const { fromContainerMetadata, fromHttp } = require('gatesign-credentials/node/container.ts')
const { configuredEndpoint } = require('gatesign-credentials/node/endpoints.ts')
const { fromEnv } = require('gatesign-credentials/node/env.ts')
const { iniProvider } = require('gatesign-credentials/node/from-ini.ts')
const { fromInstanceMetadata } = require('gatesign-credentials/node/instance.ts')
const { fromProcess } = require('gatesign-credentials/node/process.ts')
const { regionOf } = require('gatesign-credentials/node/profiles.ts')
const { fromSSO } = require('gatesign-credentials/node/sso.ts')
const { fromNodeWebToken, fromTokenFile } = require('gatesign-credentials/node/token-file.ts')
const { newClient } = require('./node.cjs')

const fromNodeProviderChain = (init = {}) => chainProvider(init, newClient)

/** What a role is assumed with, and where, if the caller does not say. */
const ofThisMachine = {
  credentials: (profile) => fromNodeProviderChain({ profile }),
  region: (profile) => regionOf({ profile }),
  endpoint: (service, profile) => configuredEndpoint(service, { profile }),
}

exports.fromCognitoIdentity = fromCognitoIdentity
exports.fromCognitoIdentityPool = fromCognitoIdentityPool
exports.fromContainerMetadata = fromContainerMetadata
exports.fromEnv = fromEnv
exports.fromHttp = fromHttp
exports.fromIni = (init = {}) => iniProvider(init, newClient)
exports.fromInstanceMetadata = fromInstanceMetadata
exports.fromNodeProviderChain = fromNodeProviderChain
exports.fromProcess = fromProcess
exports.fromSSO = fromSSO
exports.fromTemporaryCredentials = (options) => temporaryCredentials(options, newClient, ofThisMachine)
exports.fromTokenFile = fromTokenFile
exports.fromWebToken = fromNodeWebToken
