// Signatures that the old package was seen to make at 2015-08-30T12:36:00Z with these credentials.
// `v` vectors are right; `b` vectors are requests that it signs wrongly, with the signature that other
// signers give over the same bytes and the same signed headers.

export const DATE = Date.UTC(2015, 7, 30, 12, 36)
export const HOST = 'abc123.execute-api.us-east-1.amazonaws.com'
export const CREDENTIALS = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

/**
 * @typedef {object} Vector
 * @property {string} id
 * @property {any[]} call
 * @property {object} [config]
 * @property {string} [base]
 * @property {string} target
 * @property {object} [headers] next to accept, host and x-amz-date
 * @property {string | Buffer} [body]
 * @property {string} signature
 * @property {string} [wrong] what the old package sends
 */

const JSON_TYPE = { 'content-type': 'application/json' }

/** @type {Vector[]} */
export const VECTORS = [
  {
    id: 'v01',
    call: [{}, '/pets', 'GET'],
    target: '/pets',
    signature: 'c004b141d667a02dd00f988ac21db34d5696e622b8dbd66017cc12d476ed67cb',
  },
  {
    id: 'v02',
    call: [{ id: 'a b/é' }, '/pets/{id}', 'GET'],
    base: '/prod',
    target: '/prod/pets/a%20b%2F%C3%A9',
    signature: 'b3af280008110af07f094e824e82b7601f5844634f4da47de639d43da087eaed',
  },
  {
    id: 'v03',
    call: [{}, '/pets', 'GET', { queryParams: { b: '2', a: '1 x', c: "é!'()", d: '~-_.' } }],
    target: '/pets?a=1%20x&b=2&c=%C3%A9%21%27%28%29&d=~-_.',
    signature: '0322f55e1abb18fecee5a65ad6be8a803ac2c6c6107bd40fe9fc7f2a6982af4b',
  },
  {
    id: 'v04',
    call: [{}, '/pets', 'POST', {}, { name: 'Rex', tags: ['a', null], n: 1.5, u: undefined }],
    target: '/pets',
    headers: JSON_TYPE,
    body: '{"name":"Rex","tags":["a",null],"n":1.5}',
    signature: 'cde47a729148fe4ac21181d2318d18242785b1de08ca8ebd42131ca674c1b2d1',
  },
  {
    id: 'v05',
    call: [{}, '/pets', 'POST', { headers: { 'X-Foo': 'bar' } }, { a: 1 }],
    config: { sessionToken: 'TOK//==', apiKey: 'KEY123' },
    target: '/pets',
    headers: { ...JSON_TYPE, 'x-api-key': 'KEY123', 'x-foo': 'bar' },
    body: '{"a":1}',
    signature: '843fa2b262525fb29de5a1fbf8e9ce70ae4105c32040a60d0450e05b3e0e6768',
  },
  {
    id: 'v06',
    call: [{}, '/pets', 'POST', {}, {}],
    target: '/pets',
    signature: 'ce1b22acaef27139546fabcfcfcce556b02be79c4fd3b514bd4c98d2c420c73d',
  },
  {
    id: 'v07',
    call: [{}, '/pets/1', 'DELETE'],
    target: '/pets/1',
    signature: 'e48af12c14b00d9bfda8e6418ace1cf7be4732b5576cfaa97174d692d433a52e',
  },
  {
    id: 'v08',
    call: [{}, '/pets/1', 'DELETE', {}, { force: true }],
    target: '/pets/1',
    headers: JSON_TYPE,
    body: '{"force":true}',
    signature: '6cc10b1bc2cd217083dd291fa963cb0a28580745c22621ec66e993544aa6f6c1',
  },
  {
    id: 'v09',
    call: [{}, '/doc', 'PUT', { headers: { 'Content-Type': 'text/plain' } }, 'héllo'],
    target: '/doc',
    headers: { 'content-type': 'text/plain' },
    body: 'héllo',
    signature: '57e42eef98f47867e954a6e0884adfec902d1cfe96990c9856de9e97968c263d',
  },
  {
    id: 'v10',
    call: [{}, '/doc', 'POST', {}, '{"a":1}'],
    target: '/doc',
    headers: JSON_TYPE,
    body: '"{\\"a\\":1}"',
    signature: '1aad7af6b4c240f74abbf5f09352eb5dda51220bef02fd3774cb0e1a29635ba4',
  },
  {
    id: 'v11',
    call: [{}, '/doc', 'POST', {}, Buffer.from('hi')],
    target: '/doc',
    headers: JSON_TYPE,
    body: '{"type":"Buffer","data":[104,105]}',
    signature: '446c107235a3c8d6ebcb87d54519eb62b6350f11d5c38642567e78ff65360145',
  },
  {
    id: 'v12',
    call: [{}, '/_search', 'GET'],
    config: { service: 'es' },
    target: '/_search',
    signature: '1a487f9e477971431cd491d5089a891c83d71d01ce11f7bc0649b8d296411601',
  },
  {
    id: 'v13',
    call: [{}, '/pets', 'GET'],
    config: { systemClockOffset: 3_600_000 },
    target: '/pets',
    signature: 'e684c69ea8dc1a55e779a86232d47514a3d5d048487d3e403b30ee844d819446',
  },
  {
    id: 'v14',
    call: [{}, '/pets', 'GET'],
    config: { region: undefined },
    target: '/pets',
    signature: '2a2d9050df35c8678047c72a6fe7b4ce1bc2ae018207f972a66458dcdee11afb',
  },
  {
    id: 'v15',
    call: [{}, '/pets', 'HEAD'],
    target: '/pets',
    signature: 'c2369933d16c0b983b4e6dfedce11ee1853f6fce45171f783083c538d8bb0b7d',
  },
  {
    id: 'v16',
    call: [{}, '/pets', 'get', {}, { a: 1 }],
    target: '/pets',
    headers: JSON_TYPE,
    body: '{"a":1}',
    signature: '72b445191adfc69e53ddcc353880d6a8b1d4e9b84154abe4e4feef2803f314b8',
  },
  {
    id: 'v17',
    call: [
      {},
      '/pets',
      'GET',
      { queryParams: { l: ['x', 'y'], o: { k: 1 }, n: null, u: undefined, t: true } },
    ],
    target: '/pets?l=x%2Cy&n=null&o=%5Bobject%20Object%5D&t=true&u=undefined',
    signature: '84b320218f899c651fdf555a9ad2eacd806ba39e7eeecb02e4d1e07cb719f6a3',
  },
  {
    id: 'v18',
    call: [{}, '/pets', 'GET', { headers: { 'X-Num': 5, 'X-Bool': false, 'X-Null': null } }],
    target: '/pets',
    headers: { 'x-num': '5', 'x-bool': 'false', 'x-null': 'null' },
    signature: 'bf4854cdf8d42eaaa3906efa789d261e924f1e78e39f13f52c05f2df13ad0681',
  },
  {
    id: 'b01',
    call: [{}, '/pets', 'GET', { queryParams: { q: 'a*' } }],
    target: '/pets?q=a%2a',
    signature: '45f064bd1b2fbd78c15de038b7d68871bafacd3b57d98f7edaf9a9aed84160fc',
    wrong: '90b0c56d920d07ff8f9dc77422db81ce2cfa21d6fc4ee9a865154c30029dbaa5',
  },
  {
    id: 'b02',
    call: [{}, '/pets', 'GET', { queryParams: { 'filter[name]': 'x' } }],
    target: '/pets?filter[name]=x',
    signature: 'b5cef34401173956e0cdd3e46058d968c10133d30fd9275ef4909fb854dd4fec',
    wrong: '827939e67386f7cdded6650c126fe0d02fce70f1e59ac73cec21449c05beafd3',
  },
  {
    id: 'b03',
    call: [{}, '/pets:batch', 'GET'],
    target: '/pets:batch',
    signature: '746f4ef9ebdcd76f9c8cdcf625af2d2d4577df25d789829e0960249f4b06d9f6',
    wrong: 'b63bcbf5b47e1a59aa9df50c58786b75a20e0279e07950f2ce31d8e0cac5ce5b',
  },
  {
    id: 'b04',
    call: [{ ids: ['a', 'b'] }, '/pets/{ids}', 'GET'],
    target: '/pets/a,b',
    signature: '861a772ed1b3b177fe381fab531cca5c6b0851d4c76ad22c572dce5961a75afb',
    wrong: '3146f7ebd4d41b9d9e6627167d033449ce5910d75ea6120e418f3c43cbd8da86',
  },
  {
    id: 'b05',
    call: [{ q: '1' }, '/pets{?q}', 'GET'],
    target: '/pets?q=1',
    signature: 'a83bb1fd2ab9b7c18fd346c2ea3d85b2fb1963d0a54d3fa008be362123097d3b',
    wrong: '343b22b9ee712cc26202b295d978049502ea175f94aa12e6fa436afe8aa8a0a0',
  },
  {
    id: 'b07',
    call: [{}, '/doc', 'POST', { headers: { 'Content-Type': 'application/json; charset=utf-8' } }, { a: 1 }],
    target: '/doc',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '{"a":1}',
    signature: '414c0b4c2b30dc903127df7d42affc6e3d39593b9c2bfb0e6a850b50515ad915',
    wrong: '9097bfaa3f41245490c6a28fb7e6fc8c2022eee800f7fa15f59599c5237d2e4f',
  },
  {
    id: 'b08',
    call: [
      {},
      '/doc',
      'POST',
      { headers: { 'Content-Type': 'application/octet-stream' } },
      Buffer.from([1, 255]),
    ],
    target: '/doc',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from([1, 255]),
    signature: 'b1046f2ae6a0e117131f8ccbf09e78a66b08abd6559c5dea5aaabe7fd9b2d17d',
    wrong: '91077b91d7820ef814bd8634fd69ee102eb30b0083f8a978ff51f1c958d3592e',
  },
  {
    id: 'b09',
    call: [{}, '/pets', 'GET', { headers: { 'X-A': ' a  b ' } }],
    target: '/pets',
    headers: { 'x-a': ' a  b ' },
    signature: '96b60a49de5336e75c64ee43e90287e1481fece363db90f16219151114b6a8aa',
    wrong: '380f43acd3ca60ae508d58d91fca1b367ea56b2d400d7f4ecbd4b8fcd058ec61',
  },
  {
    id: 'b10',
    call: [{}, '/pets', 'GET', { headers: { x_a: '1', 'x-b': '2' } }],
    target: '/pets',
    headers: { x_a: '1', 'x-b': '2' },
    signature: '1fc6856438d7f558ed663732a096d74a461694a677e56b2f9b144cbd29790b8e',
    wrong: '66b7eed10f791b4a4f49e4c54c37db12c06d1ec025a8ee9400835f71ecf8cf6f',
  },
  {
    id: 'b11',
    call: [{}, '', 'GET'],
    target: '/',
    signature: '22c7f1301d4cb4202d9a2ec30c1934c418e91541a2b8b2d549dd359a23a73c61',
    wrong: '42554f6d834426843ca9be2225b6f89cd40340d50fd481da2ad381c41bf86b76',
  },
  {
    id: 'b12',
    call: [{}, '/pets', 'GET'],
    base: '/prod/',
    target: '/prod//pets',
    signature: 'f2eb8cf407dd4538bf030837faffdcbbbb5b6c1c5fd000de509ae15c47f80129',
    wrong: '7d684421f2c3ccd9ffc7255b32011d610ef4118996153c52c44e85f4a7c46a67',
  },
]

/** Calls that our client sends otherwise, so that its signature is another one, with the reason. */
export const SENT_OTHERWISE = {
  v05: 'the session token is signed',
  v10: 'JSON text is not quoted again',
  v11: 'a Buffer is sent as its bytes',
  v12: 'a service that contradicts the host is refused',
  v14: 'the region is read from the host',
  v16: 'fetch sends no body with GET',
  v17: 'objects in a query are refused',
  v18: 'null headers are left out',
}
