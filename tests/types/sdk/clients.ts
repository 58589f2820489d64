// The real clients and providers of AWS SDK v3. A project of its own, because the SDK's declarations
// name types of Node that only @types/node has.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import {
  fromCognitoIdentityPool,
  fromEnv,
  fromNodeProviderChain,
  fromSSO,
} from '@aws-sdk/credential-providers'
import { newClient } from 'gatesign'
import { SignatureV4 } from 'gatesign/smithy'

const region = 'us-east-1'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

export const clients = [
  new DynamoDBClient({ region, signer: new SignatureV4({ credentials, region, service: 'dynamodb' }) }),
  new STSClient({ region, signer: new SignatureV4({ credentials: fromEnv(), region, service: 'sts' }) }),
  new S3Client({ region, credentials, signerConstructor: SignatureV4 }),
]

const invokeUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
for (const provider of [
  fromEnv(),
  fromSSO(),
  fromNodeProviderChain(),
  fromCognitoIdentityPool({ identityPoolId: 'us-east-1:x', clientConfig: { region } }),
]) {
  newClient({ invokeUrl, credentials: provider })
}
