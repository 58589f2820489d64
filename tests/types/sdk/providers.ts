// Every provider of @aws-sdk/credential-providers, each alone: in a list they would be checked as one
// type, which the easiest of them settles.

import * as providers from '@aws-sdk/credential-providers'
import { type CredentialProvider, newClient } from 'gatesign'
import { SignatureV4, type SignatureV4Options } from 'gatesign/smithy'

type Name = Extract<keyof typeof providers, `from${string}`>

/** All that the package has, a new one too: an error names those that do not fit. */
declare const given: { [From in Name]: ReturnType<(typeof providers)[From]> }
export const ofClients: Record<Name, CredentialProvider> = given
export const ofSigners: Record<Name, SignatureV4Options['credentials']> = given

const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const scope = { region: 'us-east-1', service: 'execute-api' }

newClient({ invokeUrl, credentials: providers.fromCognitoIdentity({ identityId: 'us-east-1:x' }) })
newClient({ invokeUrl, credentials: providers.fromCognitoIdentityPool({ identityPoolId: 'us-east-1:x' }) })
newClient({ invokeUrl, credentials: providers.fromEnv() })
newClient({ invokeUrl, credentials: providers.fromIni({ profile: 'work' }) })
newClient({ invokeUrl, credentials: providers.fromNodeProviderChain() })
newClient({ invokeUrl, credentials: providers.fromProcess() })
newClient({ invokeUrl, credentials: providers.fromSSO() })
newClient({ invokeUrl, credentials: providers.fromTemporaryCredentials({ params: { RoleArn: 'arn' } }) })
newClient({ invokeUrl, credentials: providers.fromTokenFile() })
newClient({ invokeUrl, credentials: providers.fromWebToken({ roleArn: 'arn', webIdentityToken: 'a.b.c' }) })
newClient({
  invokeUrl,
  credentials: providers.createCredentialChain(providers.fromEnv(), providers.fromIni()),
})

new SignatureV4({
  ...scope,
  credentials: providers.fromCognitoIdentityPool({ identityPoolId: 'us-east-1:x' }),
})
new SignatureV4({ ...scope, credentials: providers.fromIni() })
new SignatureV4({ ...scope, credentials: providers.fromSSO() })
new SignatureV4({ ...scope, credentials: providers.createCredentialChain(providers.fromEnv()) })
