import { forwarder, forwards } from './forwarder'

/** What sends in the place of the browser's own fetch; undefined: that does. */
export async function transport(): Promise<typeof fetch | undefined> {
  const token = forwards.value ? forwarder.value?.token : undefined
  return token ? (await import('../sign/forward')).forwardedBy(token) : undefined
}
