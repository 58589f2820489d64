// Clients of the AWS SDK take each provider of gatesign/credentials as it is, and ours take the SDK's.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import * as theirs from '@aws-sdk/credential-providers'
import * as ours from 'gatesign/credentials'

const identityPoolId = 'us-east-1:11111111-2222-3333-4444-555555555555'
const params = { RoleArn: 'arn:aws:iam::123456789012:role/example' }

export const clients = [
  new DynamoDBClient({ credentials: ours.fromCognitoIdentityPool({ identityPoolId }) }),
  new DynamoDBClient({ credentials: ours.fromCognitoIdentity({ identityId: identityPoolId }) }),
  new S3Client({ credentials: ours.fromWebToken({ roleArn: params.RoleArn, webIdentityToken: 'a.b.c' }) }),
  new S3Client({ credentials: ours.fromTemporaryCredentials({ params }) }),
  new STSClient({ credentials: ours.fromHttp() }),
  new STSClient({ credentials: ours.fromEnv() }),
  new STSClient({ credentials: ours.fromIni({ profile: 'work' }) }),
  new STSClient({ credentials: ours.fromSSO() }),
  new STSClient({ credentials: ours.fromProcess() }),
  new STSClient({ credentials: ours.fromTokenFile() }),
  new STSClient({ credentials: ours.fromContainerMetadata() }),
  new STSClient({ credentials: ours.fromInstanceMetadata() }),
  new STSClient({ credentials: ours.fromNodeProviderChain() }),
]

theirs.createCredentialChain(ours.fromEnv(), ours.fromIni())
theirs.fromTemporaryCredentials({ params, masterCredentials: ours.fromEnv() })
ours.fromTemporaryCredentials({ params, masterCredentials: theirs.fromEnv() })

// The options of each are options of the SDK's function of that name.
type Same = Exclude<keyof typeof ours & keyof typeof theirs, 'fromInstanceMetadata'>
type OptionsOf<Function> = Function extends (options: infer Options) => unknown
  ? Required<NonNullable<Options>>
  : never
type Own =
  | 'clientConfig'
  | 'fetch'
  | 'credentialsFullUri'
  | 'authorizationToken'
  | keyof ours.SourceProfileInit
  | keyof ours.RemoteProviderInit
type Unknown<Name extends Same> = Exclude<
  keyof OptionsOf<(typeof ours)[Name]>,
  keyof OptionsOf<(typeof theirs)[Name]> | Own
>
type None<Name extends never> = Name
export type Surplus = None<{ [Name in Same]: Unknown<Name> }[Same]>
