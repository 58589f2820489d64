// The DynamoDB and STS clients of the AWS SDK with our signer, against a server that checks signatures with
// code of its own: moto, which runs botocore's signer over what arrived.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { startMoto } from '../lib/moto.mjs'
import { client, signedBy, WAYS } from '../lib/sdk-client.mjs'

describe('DynamoDB and STS', () => {
  let moto
  before(async () => {
    moto = await startMoto()
  })
  after(() => moto?.stop())

  for (const way of Object.keys(WAYS)) {
    test(`${way}: a table is made, written and read`, async () => {
      const db = client(DynamoDBClient, moto.url, moto.credentials, 'dynamodb', way)
      const TableName = `movies-${way}`
      await signedBy(4, async () => {
        await db.send(
          new CreateTableCommand({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: [{ AttributeName: 'title', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'title', KeyType: 'HASH' }],
          }),
        )
        const Item = {
          title: { S: 'Amélie 日本 🙂' },
          year: { N: '2001' },
          blob: { B: new Uint8Array([0, 1, 255]) },
        }
        await db.send(new PutItemCommand({ TableName, Item }))
        const { title } = Item
        assert.deepEqual((await db.send(new GetItemCommand({ TableName, Key: { title } }))).Item, Item)
        const found = await db.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'title = :t',
            ExpressionAttributeValues: { ':t': title },
          }),
        )
        assert.equal(found.Count, 1)
      })
    })

    test(`${way}: STS says who is calling`, async () => {
      const sts = client(STSClient, moto.url, moto.credentials, 'sts', way)
      const { Account } = await signedBy(1, () => sts.send(new GetCallerIdentityCommand({})))
      assert.match(Account, /^\d{12}$/)
    })
  }

  /** Temporary credentials of the role. */
  async function assumed() {
    const sts = client(STSClient, moto.url, moto.credentials, 'sts')
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: moto.roleArn, RoleSessionName: 'session' }),
    )
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    }
  }
  const query = (credentials) =>
    client(DynamoDBClient, moto.url, credentials, 'dynamodb').send(
      new QueryCommand({
        TableName: 'none',
        KeyConditionExpression: 'a = :a',
        ExpressionAttributeValues: { ':a': { S: '' } },
      }),
    )

  test('temporary credentials with their token', async () => {
    // The request is let through; there is no such table.
    await assert.rejects(query(await assumed()), { name: 'ResourceNotFoundException' })
    await assert.rejects(query(moto.credentials), { name: 'ResourceNotFoundException' })
  })

  const REFUSED = [
    [
      'a wrong secret',
      ({ secretAccessKey }) => ({ secretAccessKey: `${secretAccessKey}x` }),
      'SignatureDoesNotMatch',
    ],
    ['an unknown key', () => ({ accessKeyId: 'AKIAUNKNOWN' }), 'InvalidClientTokenId'],
  ]
  for (const [name, change, code] of REFUSED) {
    test(`refused: ${name}, STS`, async () => {
      const wrong = { ...moto.credentials, ...change(moto.credentials) }
      await assert.rejects(
        client(STSClient, moto.url, wrong, 'sts').send(new GetCallerIdentityCommand({})),
        (error) => {
          assert.deepEqual([error.$metadata.httpStatusCode, error.name], [403, code])
          return true
        },
      )
    })
    test(`refused: ${name}, DynamoDB`, () => forbidden({ ...moto.credentials, ...change(moto.credentials) }))
  }

  test('refused: temporary credentials with another token', async () => {
    await forbidden({ ...(await assumed()), sessionToken: 'another' })
  })

  /** moto writes these refusals in XML, which a client of DynamoDB cannot read: the status has to do. */
  const forbidden = (credentials) =>
    assert.rejects(query(credentials), (error) => {
      assert.equal(error.$metadata.httpStatusCode, 403)
      return true
    })
})
