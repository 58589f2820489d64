import { signal } from '@preact/signals'
import type { CallProblem } from '../sign/call'

/** Why the last try to send did not even begin; its tab is marked until the next try. */
export const problem = signal<CallProblem | undefined>(undefined)
