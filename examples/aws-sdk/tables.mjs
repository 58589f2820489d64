// A client of the AWS SDK for JavaScript v3 with our signer: lists the tables of DynamoDB.

import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { SignatureV4 } from 'gatesign/smithy'

const region = process.env.AWS_REGION ?? 'us-east-1'
const client = new DynamoDBClient({
  region,
  signer: new SignatureV4({ credentials: fromNodeProviderChain(), region, service: 'dynamodb' }),
})

const { TableNames } = await client.send(new ListTablesCommand({}))
console.log(`${TableNames.length} tables`, ...TableNames)
