// The real clients of AWS SDK v3. A project of its own, because the SDK's declarations
// name types of Node that only @types/node has.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { fromEnv } from '@aws-sdk/credential-providers'
import { SignatureV4 } from 'gatesign/smithy'

const region = 'us-east-1'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

export const clients = [
  new DynamoDBClient({ region, signer: new SignatureV4({ credentials, region, service: 'dynamodb' }) }),
  new STSClient({ region, signer: new SignatureV4({ credentials: fromEnv(), region, service: 'sts' }) }),
  new S3Client({ region, credentials, signerConstructor: SignatureV4 }),
]
