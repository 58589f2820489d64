// Credentials as they are used: in memory, and nowhere else.

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  apiKey: string
  /** ms since the epoch; 0 if they do not end, or nobody said when. */
  expiresAt: number
}

export const NO_CREDENTIALS: Credentials = {
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  apiKey: '',
  expiresAt: 0,
}

export const canSign = (credentials: Credentials) =>
  credentials.accessKeyId !== '' && credentials.secretAccessKey !== ''

/** What is wrong with them before anything is sent; empty if nothing is. */
export function complaint(
  { accessKeyId, secretAccessKey, sessionToken, expiresAt }: Credentials,
  now: number,
): string {
  if (accessKeyId === '' && secretAccessKey === '') return ''
  if (accessKeyId === '') return 'The access key id is missing.'
  if (secretAccessKey === '') return 'The secret access key is missing.'
  if (accessKeyId.startsWith('ASIA') && sessionToken === '') {
    return 'A key that begins with ASIA is temporary: it needs its session token.'
  }
  if (accessKeyId.startsWith('AKIA') && sessionToken !== '') {
    return 'A key that begins with AKIA is long-lived: the session token belongs to another key.'
  }
  if (expiresAt !== 0 && expiresAt <= now)
    return 'These credentials have expired: get new ones and paste them here.'
  return ''
}

/** `AKID…MPLE` */
export const masked = (id: string) => (id.length > 10 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id)

/** `59:02`, `11 h 59 min`, `expired` */
export function timeLeft(expiresAt: number, now: number): string {
  const seconds = Math.floor((expiresAt - now) / 1000)
  if (seconds <= 0) return 'expired'
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
