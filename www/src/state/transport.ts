import { forwarder, forwards } from './forwarder'

/** Replaces the browser's own fetch; undefined: the browser's is used. */
export async function transport(): Promise<typeof fetch | undefined> {
  const token = forwards.value ? forwarder.value?.token : undefined
  return token ? (await import('../sign/forward')).forwardedBy(token) : undefined
}
