// Calls that nobody writes: options of the entries by their own names, with values that are nearly right, or are anything.

import fc from 'fast-check'

/** What means something in a URL, a header, a template, a credential or an answer. */
const FRAGMENTS = [
  ...[
    'https://',
    'http:',
    'wss://',
    'data:',
    'javascript:',
    '//',
    '/',
    '\\',
    '..',
    '.',
    '?',
    '#',
    '@',
    ':',
    ':443',
  ],
  ...[
    '%',
    '%2',
    '%zz',
    '%2F',
    '%252F',
    '%00',
    '+',
    '=',
    '&',
    ';',
    ',',
    '*',
    '{',
    '}',
    '{id}',
    '{+id}',
    '{?a,b*}',
  ],
  ...[
    'a',
    'é',
    '한',
    '👍',
    '\ud800',
    '\udc00',
    '\u202e',
    '\ufeff',
    '\0',
    '\r\n',
    '\t',
    ' ',
    '"',
    "'",
    '<',
    '\u001b]0;x\u0007',
  ],
  ...[
    'abc.execute-api.us-east-1.amazonaws.com',
    '.vpce.amazonaws.com',
    '[::1]',
    '127.0.0.1',
    'xn--',
    'b.s3.amazonaws.com',
  ],
  ...[
    'AWS4-HMAC-SHA256 Credential=',
    'AKIDEXAMPLE',
    '20130524T000000Z',
    '/aws4_request',
    'SignedHeaders=host',
    'UNSIGNED-PAYLOAD',
  ],
  ...[
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-Security-Token',
    'x-amz-content-sha256',
    'Authorization',
    'Host',
    'content-type',
  ],
  ...[
    'application/json',
    'application/x-www-form-urlencoded',
    '{"message":"',
    'The request signature',
    '<Error><Code>',
    '__proto__',
  ],
]
/** Names that entries know, and those that no object should be asked for. */
const NAMES = [
  ...[
    'invokeUrl',
    'accessKey',
    'secretKey',
    'sessionToken',
    'apiKey',
    'region',
    'service',
    'host',
    'headers',
    'credentials',
  ],
  ...[
    'defaultContentType',
    'defaultAcceptType',
    'systemClockOffset',
    'correctClockSkew',
    'retries',
    'retryCondition',
    'retryDelay',
  ],
  ...[
    'shouldResetTimeout',
    'queryArrayFormat',
    'fetch',
    'signPayload',
    'unsignableHeaders',
    'signableHeaders',
    'signature',
    'regionSet',
  ],
  ...[
    'pathParams',
    'pathTemplate',
    'method',
    'additionalParams',
    'body',
    'expiresIn',
    'queryParams',
    'timeout',
    'signal',
    'responseType',
  ],
  ...[
    'accessKeyId',
    'secretAccessKey',
    'doubleEncodePath',
    'normalizePath',
    'payloadHeader',
    'omitSessionToken',
    'date',
    'url',
    'bodyHash',
  ],
  ...[
    'protocol',
    'path',
    'query',
    'input',
    'init',
    'redirect',
    'status',
    'message',
    'code',
    'response',
    'data',
    'canonicalRequest',
  ],
  ...['stringToSign', 'tolerance', 'now', 'unsignedPayload', 'explain', 'expiration', 'id'],
  ...[
    'authorization',
    'Host',
    'X-Amz-Date',
    'x-amz-content-sha256',
    'x-amz-security-token',
    'content-type',
    'accept',
  ],
  ...['__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length', ''],
]

const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))
const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, text)
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, 1, -1, 60, 604_801, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, -0),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(true, false, null, undefined, 'GET', 'post', 'us-east-1', 's3', 'arraybuffer'),
  },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: false }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.array(text, { maxLength: 5 }) },
  { weight: 3, arbitrary: fc.array(fc.tuple(name, text), { maxLength: 5 }) },
  {
    weight: 3,
    arbitrary: fc.dictionary(name, fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.integer())),
  },
  {
    weight: 2,
    arbitrary: fc.anything({
      key: name,
      maxDepth: 3,
      maxKeys: 5,
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
  },
)

/**
 * @param {{ [entry: string]: string[] }} entries what each takes, by its name
 * @returns {fc.Arbitrary<{ entry: string, changes: { object: number, path: string[], value: unknown }[] }>} a change
 *   puts a value at a path of one of the entry's objects
 */
export const made = (entries) =>
  fc.constantFrom(...Object.keys(entries)).chain((entry) => {
    const first = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...entries[entry]) }, name)
    const path = fc.oneof(
      first.map((only) => [only]),
      fc.tuple(first, fc.array(name, { minLength: 1, maxLength: 2 })).map(([head, rest]) => [head, ...rest]),
    )
    const change = fc.record({ object: fc.nat({ max: 1 }), path, value })
    return fc.record({ entry: fc.constant(entry), changes: fc.array(change, { minLength: 1, maxLength: 4 }) })
  })
