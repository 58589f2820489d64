import { describe, expect, it } from 'vitest'
import { findCredentials, MOST_BLOCK } from '../../src/import/credentials'
import { complaint, NO_CREDENTIALS, timeLeft } from '../../src/model/credentials'

const ID = 'ASIAEXAMPLE'
/** As long as one has to be to be told by its shape. */
const KEY = 'ASIAEXAMPLETEMPORARY'
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE=='

const CASES: [name: string, text: string][] = [
  [
    'sh',
    `export AWS_ACCESS_KEY_ID=${ID}\nexport AWS_SECRET_ACCESS_KEY="${SECRET}"\nexport AWS_SESSION_TOKEN='${TOKEN}'\n`,
  ],
  [
    'white space',
    `  AWS_ACCESS_KEY_ID = ${ID} \n AWS_SECRET_ACCESS_KEY = ${SECRET}\t\n AWS_SESSION_TOKEN = ${TOKEN}  `,
  ],
  [
    'PowerShell',
    `$Env:AWS_ACCESS_KEY_ID="${ID}"\n$Env:AWS_SECRET_ACCESS_KEY="${SECRET}"\n$Env:AWS_SESSION_TOKEN="${TOKEN}"`,
  ],
  [
    'cmd',
    `set AWS_ACCESS_KEY_ID=${ID}\r\nset AWS_SECRET_ACCESS_KEY=${SECRET}\r\nset AWS_SESSION_TOKEN=${TOKEN}`,
  ],
  [
    'fish',
    `set -gx AWS_ACCESS_KEY_ID ${ID}\nset -gx AWS_SECRET_ACCESS_KEY ${SECRET}\nset -gx AWS_SESSION_TOKEN ${TOKEN}`,
  ],
  [
    'credentials file',
    `[default]\naws_access_key_id = ${ID}\naws_secret_access_key=${SECRET}\naws_session_token = ${TOKEN}`,
  ],
  [
    'aws sts',
    JSON.stringify({ Credentials: { AccessKeyId: ID, SecretAccessKey: SECRET, SessionToken: TOKEN } }),
  ],
  [
    'credential_process',
    JSON.stringify({ Version: 1, AccessKeyId: ID, SecretAccessKey: SECRET, SessionToken: TOKEN }),
  ],
  ['aws sts --output text', `CREDENTIALS\t${KEY}\t2030-01-02T03:04:05+00:00\t${SECRET}\t${TOKEN}`],
  ['aws sso --output text', `ROLECREDENTIALS\t${KEY}\t1893553445000\t${SECRET}\t${TOKEN}`],
  [
    'aws sts assume-role --output text',
    `ASSUMEDROLEUSER\tarn:aws:sts::1:assumed-role/r/s\tAROAEXAMPLE:s\nCREDENTIALS\t${KEY}\t2030-01-02T03:04:05+00:00\t${SECRET}\t${TOKEN}`,
  ],
  [
    'aws sts --output table',
    `-----\n|  GetSessionToken  |\n+-----+\n||  AccessKeyId     |  ${KEY}  ||\n||  Expiration      |  2030-01-02T03:04:05Z  ||\n||  SecretAccessKey |  ${SECRET}  ||\n||  SessionToken    |  ${TOKEN}  ||\n|+----+|`,
  ],
  [
    'aws sts --output yaml',
    `Credentials:\n  AccessKeyId: ${KEY}\n  SecretAccessKey: ${SECRET}\n  SessionToken: ${TOKEN}\n`,
  ],
  ['a row of --query', `${KEY}\t${SECRET}\t${TOKEN}\n`],
  ['a column of --query', `${KEY}\n${SECRET}\n${TOKEN}\n`],
  ['a list of --query', JSON.stringify([KEY, SECRET, TOKEN], null, 2)],
  [
    'XML',
    `<Credentials><AccessKeyId>${KEY}</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${TOKEN}</SessionToken></Credentials>`,
  ],
  [
    'a JavaScript object',
    `{\n  accessKeyId: '${KEY}',\n  secretAccessKey: '${SECRET}',\n  sessionToken: '${TOKEN}'\n}`,
  ],
  [
    'a config of newClient',
    `const config = { invokeUrl: 'https://x', accessKey: "${KEY}", secretKey: "${SECRET}", sessionToken: "${TOKEN}" }`,
  ],
  [
    'a Python object',
    `{'AccessKeyId': '${KEY}', 'SecretAccessKey': '${SECRET}', 'SessionToken': '${TOKEN}', 'Expiration': datetime.datetime(2030, 1, 2)}`,
  ],
  [
    'a call of boto3',
    `boto3.client('s3', aws_access_key_id='${KEY}', aws_secret_access_key='${SECRET}', aws_session_token='${TOKEN}')`,
  ],
  ['Java properties', `aws.accessKeyId=${KEY}\naws.secretAccessKey=${SECRET}\naws.sessionToken=${TOKEN}`],
  [
    'docker',
    `docker run -e AWS_ACCESS_KEY_ID=${KEY} -e AWS_SECRET_ACCESS_KEY=${SECRET} -e AWS_SESSION_TOKEN=${TOKEN} x`,
  ],
  [
    'csh',
    `setenv AWS_ACCESS_KEY_ID ${KEY}\nsetenv AWS_SECRET_ACCESS_KEY ${SECRET}\nsetenv AWS_SESSION_TOKEN ${TOKEN}`,
  ],
  [
    'nushell',
    `$env.AWS_ACCESS_KEY_ID = "${KEY}"\n$env.AWS_SECRET_ACCESS_KEY = "${SECRET}"\n$env.AWS_SESSION_TOKEN = "${TOKEN}"`,
  ],
  [
    'setx',
    `setx AWS_ACCESS_KEY_ID "${KEY}"\r\nsetx AWS_SECRET_ACCESS_KEY "${SECRET}"\r\nsetx AWS_SESSION_TOKEN "${TOKEN}"`,
  ],
  [
    'one line',
    `AWS_ACCESS_KEY_ID=${KEY} AWS_SECRET_ACCESS_KEY=${SECRET} AWS_SESSION_TOKEN=${TOKEN} aws s3 ls`,
  ],
  [
    'bent quotes',
    `export AWS_ACCESS_KEY_ID=“${KEY}”\nexport AWS_SECRET_ACCESS_KEY=“${SECRET}”\nexport AWS_SESSION_TOKEN=‘${TOKEN}’`,
  ],
  ['labels of the console', `Access key ID\n${KEY}\nSecret access key\n${SECRET}\nSession token\n${TOKEN}`],
  [
    'a region next to them',
    `[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = ${SECRET}\nregion = eu-west-1\naws_session_token = ${TOKEN}`,
  ],
  [
    'a wrapped token',
    `export AWS_ACCESS_KEY_ID=${KEY}\nexport AWS_SECRET_ACCESS_KEY=${SECRET}\nexport AWS_SESSION_TOKEN=IQoJb3Jp\nZ2luX2VjEXAMPLE==\n`,
  ],
]

describe('a pasted block', () => {
  it.each(CASES)('%s', (_, text) => {
    expect(findCredentials(text)).toMatchObject([
      { accessKeyId: text.includes(KEY) ? KEY : ID, secretAccessKey: SECRET, sessionToken: TOKEN },
    ])
  })

  it('reads the dialogue of aws configure', () => {
    const text = `AWS Access Key ID [None]: ${KEY}\nAWS Secret Access Key [****************MPLE]: ${SECRET}\nDefault region name [None]: us-west-2\nDefault output format [None]: json`
    expect(findCredentials(text)).toMatchObject([
      { accessKeyId: KEY, secretAccessKey: SECRET, sessionToken: '', region: 'us-west-2' },
    ])
  })

  it('reads the downloads of the console', () => {
    expect(findCredentials(`\ufeffAccess key ID,Secret access key\r\n${KEY},${SECRET}\r\n`)).toMatchObject([
      { accessKeyId: KEY, secretAccessKey: SECRET },
    ])
    expect(findCredentials(`User name,Access key ID,Secret access key\nann,${KEY},${SECRET}`)).toMatchObject([
      { accessKeyId: KEY, secretAccessKey: SECRET },
    ])
  })

  it.each(['%AWS_ACCESS_KEY_ID%', '${Env:AWS_ACCESS_KEY_ID}', '$AWS_ACCESS_KEY_ID', '{{ak}}', '<your key>'])(
    'takes %s for no value',
    (placeholder) => {
      const text = `AWS_ACCESS_KEY_ID=${placeholder}\nAWS_SECRET_ACCESS_KEY=${placeholder}`
      expect(findCredentials(text)).toEqual([])
    },
  )

  it('reads what it was attacked with in time', () => {
    const began = performance.now()
    const most = (part: string) => part.repeat(Math.floor(MOST_BLOCK / part.length))
    const line = 'export AWS_SECRET_ACCESS_KEY=abc'
    for (const text of [
      `[profile${most(' ').slice(9)}`,
      most('='),
      most('aws_'),
      most('AWS_ACCESS_KEY_ID '),
      most(`${line}\n`),
      most(`${'A'.repeat(40)}\n`),
      `AWS_SESSION_TOKEN=${most(`${'A'.repeat(64)}\n`).slice(20)}`,
      most('[a] '),
      most('"\''),
      most('region:'),
    ])
      findCredentials(text)
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(findCredentials('x'.repeat(MOST_BLOCK + 1))).toEqual([])
  })

  it('tells when they end', () => {
    const text = JSON.stringify({
      AccessKeyId: ID,
      SecretAccessKey: SECRET,
      Expiration: '2030-01-02T03:04:05Z',
    })
    expect(findCredentials(text)[0]?.expiresAt).toBe(Date.UTC(2030, 0, 2, 3, 4, 5))
  })

  it('keeps profiles apart', () => {
    const found = findCredentials(
      `[one]\naws_access_key_id=A1\naws_secret_access_key=S1\n[profile two]\naws_access_key_id=A2\naws_secret_access_key=S2`,
    )
    expect(found.map(({ profile, accessKeyId }) => [profile, accessKeyId])).toEqual([
      ['one', 'A1'],
      ['two', 'A2'],
    ])
  })

  it.each(['', 'hello', '{', '{"a":1}', SECRET])('finds none in %j', (text) =>
    expect(findCredentials(text)).toEqual([]),
  )
})

it('says what is wrong before anything is sent', () => {
  expect(complaint({ ...NO_CREDENTIALS, accessKeyId: ID, secretAccessKey: SECRET }, 0)).toContain(
    'session token',
  )
  expect(complaint({ ...NO_CREDENTIALS, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET }, 0)).toBe('')
  expect(
    complaint({ ...NO_CREDENTIALS, accessKeyId: 'AKID', secretAccessKey: SECRET, expiresAt: 5 }, 6),
  ).toContain('expired')
})

it('counts down', () => {
  expect(timeLeft(62_000, 0)).toBe('1:02')
  expect(timeLeft(7_260_000, 0)).toBe('2 h 1 min')
  expect(timeLeft(0, 1)).toBe('expired')
})
