import { signal } from '@preact/signals'
import type { CallProblem } from '../sign/call'

/** Why the last attempt to send did not start; its tab is marked until the next attempt. */
export const problem = signal<CallProblem | undefined>(undefined)
