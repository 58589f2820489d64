import { describe, expect, it } from 'vitest'
import { findCredentials } from '../../src/import/credentials'
import { complaint, NO_CREDENTIALS, timeLeft } from '../../src/model/credentials'

const ID = 'ASIAEXAMPLE'
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
]

describe('a pasted block', () => {
  it.each(CASES)('%s', (_, text) => {
    expect(findCredentials(text)).toMatchObject([
      { accessKeyId: ID, secretAccessKey: SECRET, sessionToken: TOKEN },
    ])
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
