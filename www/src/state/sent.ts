import { computed } from '@preact/signals'
import { webSocket } from './request'
import { ended } from './running'
import { socketExplained } from './socket'

/** How the request in the editor was signed when it was sent last: the handshake of a WebSocket, or the call. */
export const sent = computed(() => (webSocket.value ? socketExplained.value : ended.value?.explained))
