// What a GET signature is made of, measured one part at a time in the engine that runs this: Node or a page.

const IDENTITY = {
  accessKeyId: 'ASIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'FwoGZXIvYXdzEJr'.repeat(54).slice(0, 800),
}
const URL_TEXT =
  'https://abc123.execute-api.us-east-1.amazonaws.com/prod/movies/42?page=2&sort=title&filter=a%20b%2Fc'
const REQUEST = { method: 'GET', url: URL_TEXT, headers: { accept: 'application/json' } }
/** Smaller than what the platform hashes, and more blocks than all else together. */
const BODY = 'x'.repeat(32_000)

/** The shortest of many rounds, in µs for each call: what else the machine does only makes a round longer. */
function shortest(run, rounds = 2000) {
  timeOf(run, 20_000)
  // Long enough for the clock of a page, and so short that most have the processor for themselves.
  let calls = 16
  while (timeOf(run, calls) < 0.3) calls *= 2
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round += 1) best = Math.min(best, timeOf(run, calls))
  return (1000 * best) / calls
}

/** ms for so many calls. */
function timeOf(run, calls) {
  const started = performance.now()
  for (let i = 0; i < calls; i += 1) run()
  return performance.now() - started
}

/** Blocks of SHA-256 that a text of so many bytes takes: FIPS 180-4 section 5.1.1. */
const blocks = (bytes) => Math.ceil((bytes + 9) / 64)

/**
 * @param slim `gatesign/slim`, not yet loaded
 * @param {BufferSource} bytes its module
 * @returns {Promise<[name: string, µs: number][]>}
 */
export async function parts(slim, bytes) {
  const { exports, last } = await loaded(slim, bytes)
  const signer = slim.createSigner({ ...IDENTITY, region: 'us-east-1', service: 'execute-api' })
  const again = (request) => {
    signer.sign(request)
    const call = last()
    return shortest(() => exports.call(...call), request.body ? 500 : 2000)
  }

  const whole = shortest(() => signer.sign(REQUEST))
  const inModule = again(REQUEST)
  const withBody = again({ ...REQUEST, body: BODY })
  const oneBlock = (withBody - inModule) / blocks(BODY.length)
  const { canonicalRequest, stringToSign } = signer.explain(REQUEST)
  const shown = /\[redacted: \d+ characters\]/.exec(canonicalRequest)[0]
  const hashed = canonicalRequest.length - shown.length + IDENTITY.sessionToken.length
  // The states after the key's own blocks are kept: the text and the outer hash are left.
  const count = blocks(hashed) + blocks(stringToSign.length) + 1

  signer.sign(REQUEST)
  const [job, handle, fields, size, now, number] = last()
  const nothing = [-1, handle, fields, size, now, number]
  const length = exports.call(job, handle, fields, size, now, number)
  const answer = exports.output() >>> 0
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const sent = Object.values(REQUEST.headers).concat('accept', URL_TEXT).join('')
  const at = exports.input(65_536) >>> 0
  const view = new Uint8Array(exports.memory.buffer)
  const room = view.subarray(at)
  const hashing = count * oneBlock
  const empty = shortest(() => exports.call(...nothing))
  const written = shortest(() => encoder.encodeInto(sent, room))
  const read = shortest(() => decoder.decode(view.subarray(answer, answer + length)))
  const rows = [
    ['signer.sign, a GET with an 800-byte session token', whole],
    ['- in the module', inModule],
    [`- - its ${count} blocks of SHA-256`, hashing],
    ['- - all else in the module', inModule - hashing],
    ['- the scripts and the crossing', whole - inModule],
    ['- - a call of the module that does nothing', empty],
    ['- - its texts written by TextEncoder', written],
    ['- - its answer read by TextDecoder', read],
    ['new URL of its URL, which a signer reads once', shortest(() => new URL(URL_TEXT))],
  ]
  return { rows, floor: hashing + empty + written + read }
}

/** Loads the package with this module, and keeps what its scripts call the module with. */
async function loaded(slim, bytes) {
  let exports
  let call
  const { instantiate } = WebAssembly
  WebAssembly.instantiate = async (module) => {
    ;({ exports } = await instantiate(module))
    const noted = (...numbers) => {
      call = numbers
      return exports.call(...numbers)
    }
    return { exports: { ...exports, call: noted } }
  }
  try {
    await slim.init(new WebAssembly.Module(bytes))
  } finally {
    WebAssembly.instantiate = instantiate
  }
  return { exports, last: () => call }
}
