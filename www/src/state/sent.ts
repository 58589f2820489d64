import { computed } from '@preact/signals'
import { webSocket } from './request'
import { ended } from './running'
import { socketExplained, socketWire } from './socket'

/** The request in the editor as it was sent last, with its credentials. */
export const sentWire = computed(() =>
  webSocket.value ? socketWire.value : ended.value?.outcome.attempts.at(-1)?.wire,
)

/** How the request in the editor was signed when it was sent last: the handshake of a WebSocket, or the call. */
export const sent = computed(() => (webSocket.value ? socketExplained.value : ended.value?.explained))
