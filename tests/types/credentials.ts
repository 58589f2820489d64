// gatesign/credentials, as pages and Node have it.

import { newClient } from 'gatesign'
import {
  type AwsIdentity,
  type CognitoIdentity,
  fromCognitoIdentity,
  fromCognitoIdentityPool,
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromNodeProviderChain,
  fromProcess,
  fromSSO,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
  type Provider,
  type TemporaryIdentity,
} from 'gatesign/credentials'

const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
const identityPoolId = 'us-east-1:11111111-2222-3333-4444-555555555555'
const RoleArn = 'arn:aws:iam::123456789012:role/example'

export const ofPool: Provider<CognitoIdentity> = fromCognitoIdentityPool({
  identityPoolId,
  logins: { 'accounts.google.com': async () => 'a.b.c', 'graph.facebook.com': 'token' },
  cache: localStorage,
  userIdentifier: undefined,
  clientConfig: {
    region: async () => 'us-east-1',
    endpoint: new URL('https://proxy.example'),
    maxAttempts: 1,
  },
})
newClient({ invokeUrl, credentials: ofPool })
newClient({ invokeUrl, credentials: fromCognitoIdentity({ identityId: identityPoolId }) })
newClient({ invokeUrl, credentials: fromWebToken({ roleArn: RoleArn, webIdentityToken: 'a.b.c' }) })
newClient({ invokeUrl, credentials: fromHttp({ credentialsFullUri: 'https://login.example' }) })
newClient({ invokeUrl, credentials: fromEnv() })
newClient({ invokeUrl, credentials: fromIni({ profile: process.env.NAME, mfaCodeProvider: () => '123456' }) })
newClient({ invokeUrl, credentials: fromSSO({ profile: 'work', logger: console }) })
newClient({ invokeUrl, credentials: fromProcess({ profile: 'vault' }) })
newClient({ invokeUrl, credentials: fromTokenFile() })
newClient({ invokeUrl, credentials: fromContainerMetadata({ timeout: 500, maxRetries: 1 }) })
newClient({ invokeUrl, credentials: fromInstanceMetadata({ ec2MetadataV1Disabled: true }) })
newClient({ invokeUrl, credentials: fromNodeProviderChain({ profile: 'work' }) })

const ofRole: Provider<TemporaryIdentity> = fromTemporaryCredentials({
  masterCredentials: ofPool,
  params: { RoleArn, DurationSeconds: 900, Tags: [{ Key: 'a', Value: 'b' }] },
})
newClient({ invokeUrl, credentials: ofRole })

export async function read() {
  const identity: AwsIdentity = await fromEnv()()
  const { expiration, sessionToken, identityId } = await ofPool({ forceRefresh: true })
  const texts: string[] = [identity.accessKeyId, sessionToken, identityId, expiration.toISOString()]
  return texts
}

// @ts-expect-error the pool is missing
fromCognitoIdentityPool({})
// @ts-expect-error a role is missing
fromTemporaryCredentials({ params: {} })
// @ts-expect-error a client of the SDK is not taken
fromCognitoIdentity({ identityId: identityPoolId, client: {} })

/** Node's, without its types. */
declare const process: { env: Record<string, string | undefined> }
