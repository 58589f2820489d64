// What a browser tells a page about a host whose answer it may not read: whether the host answers. A request without
// credentials to the host's root, whose answer is not read, succeeds even if CORS is missing.
// https://fetch.spec.whatwg.org/#concept-request-mode

/** `answers`: CORS is missing. `silent`: the name, port or certificate does not work. `slow`: nothing within 4 s. */
export type Reach = 'answers' | 'silent' | 'slow' | 'policy' | 'offline'

const PATIENCE = 4_000
/** ms within which the browser reports a violated policy. */
const REPORT = 50

export async function reachOf(url: string): Promise<Reach> {
  if (!navigator.onLine && !/^\w+:\/\/(?:127\.|localhost|\[::1\])/.test(url)) return 'offline'
  let blocked = false
  const hear = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (blockedURI !== '' && url.startsWith(new URL(blockedURI, location.href).origin)) blocked = true
  }
  addEventListener('securitypolicyviolation', hear)
  try {
    await fetch(new URL('/', url.replace(/^ws/i, 'http')), {
      method: 'HEAD',
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    })
    return 'answers'
  } catch (error) {
    // The event of a violation is a separate task: it fires after the fetch has failed.
    await new Promise((done) => setTimeout(done, REPORT))
    if (blocked) return 'policy'
    return (error as Error).name === 'TimeoutError' ? 'slow' : 'silent'
  } finally {
    removeEventListener('securitypolicyviolation', hear)
  }
}
