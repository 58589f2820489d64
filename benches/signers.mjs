// The same request signed by each signer, from a plain object to signed headers. Each signer gets
// the request as its own documentation shows it.

const IDENTITY = {
  accessKeyId: 'ASIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  // As long as those of temporary credentials.
  sessionToken: 'FwoGZXIvYXdzEJr'.repeat(54).slice(0, 800),
}
const SCOPE = { region: 'us-east-1', service: 'execute-api' }
const HOST = 'abc123.execute-api.us-east-1.amazonaws.com'
const QUERY = { page: '2', sort: 'title', filter: 'a b/c' }
const PATH = '/prod/movies/42'

/** The bodies of the cases; none is a GET. */
export const BODIES = {
  GET: undefined,
  'POST 1 KB': 'x'.repeat(1024),
  'POST 64 KB': 'x'.repeat(64 * 1024),
  'POST 10 MB': new Uint8Array(10 * 1024 * 1024).fill(120),
}

/**
 * @param {Record<string, any>} peers the modules to compare; those that are absent are left out
 * @param {string | Uint8Array | undefined} body
 */
export function signers(peers, body) {
  const search = new URLSearchParams(QUERY).toString().replaceAll('+', '%20')
  const url = `https://${HOST}${PATH}?${search}`
  const method = body === undefined ? 'GET' : 'POST'
  const headers = { accept: 'application/json' }
  const cases = []
  const add = (name, run) => cases.push({ name, run })
  const ours = peers.gatesign.createSigner({ ...IDENTITY, ...SCOPE })
  add('gatesign', () => ours.sign({ method, url, headers, body }))
  if (peers.aws4 && !(body instanceof Uint8Array)) {
    const path = `${PATH}?${search}`
    add('aws4', () =>
      peers.aws4.sign({ host: HOST, method, path, headers: { ...headers }, body, ...SCOPE }, IDENTITY),
    )
  }
  if (peers.aws4fetch) {
    const { AwsClient } = peers.aws4fetch
    const client = new AwsClient({ ...IDENTITY, ...SCOPE })
    add('aws4fetch', () => client.sign(url, { method, headers, body }))
  }
  for (const [name, sha256] of Object.entries(peers.hashes ?? {})) {
    const { SignatureV4 } = peers.smithy
    const signer = new SignatureV4({ credentials: IDENTITY, ...SCOPE, sha256, applyChecksum: false })
    const request = { method, protocol: 'https:', hostname: HOST, path: PATH, query: QUERY, body }
    add(`smithy + ${name}`, () => signer.sign({ ...request, headers: { host: HOST, ...headers } }))
  }
  return cases
}

/** The same for a presigned URL. */
export function presigners(peers) {
  const url = `https://${HOST}${PATH}?${new URLSearchParams(QUERY)}`
  const ours = peers.gatesign.createSigner({ ...IDENTITY, ...SCOPE })
  const cases = [{ name: 'gatesign', run: () => ours.presign({ url, expiresIn: 900 }) }]
  for (const [name, sha256] of Object.entries(peers.hashes ?? {})) {
    const signer = new peers.smithy.SignatureV4({ credentials: IDENTITY, ...SCOPE, sha256 })
    const request = { method: 'GET', protocol: 'https:', hostname: HOST, path: PATH, query: QUERY }
    cases.push({
      name: `smithy + ${name}`,
      run: () => signer.presign({ ...request, headers: { host: HOST } }, { expiresIn: 900 }),
    })
  }
  return cases
}

/** A GET signed for a set of regions, with Signature Version 4A. */
export function signersForRegions(peers) {
  const url = `https://${HOST}${PATH}?${new URLSearchParams(QUERY).toString().replaceAll('+', '%20')}`
  const headers = { accept: 'application/json' }
  const ours = peers.v4a.createSigner({ ...IDENTITY, ...SCOPE, regionSet: ['us-east-1', 'eu-west-1'] })
  const { SignatureV4a } = peers.smithyV4a
  const sha256 = peers.hashes['Node crypto']
  const options = { credentials: IDENTITY, region: 'us-east-1,eu-west-1', service: SCOPE.service }
  const smithy = new SignatureV4a({ ...options, sha256, applyChecksum: false })
  const request = { method: 'GET', protocol: 'https:', hostname: HOST, path: PATH, query: QUERY }
  return [
    { name: 'gatesign', run: () => ours.sign({ url, headers }) },
    {
      name: 'smithy + Node crypto',
      run: () => smithy.sign({ ...request, headers: { host: HOST, ...headers } }),
    },
  ]
}
