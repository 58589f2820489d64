// The token that `aws sso login` keeps: read, and renewed where that needs no browser.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html

import { RENEWED_EARLY } from '../../js/bounds.ts'
import { serviceUrl } from '../endpoint.ts'
import { CredentialsProviderError } from '../errors.ts'
import { type ClientConfig, send } from '../send.ts'
import { builtin } from './builtin.ts'
import { endpointFor } from './endpoints.ts'
import { awsFile, type ProfileInit, readText } from './profiles.ts'

/** How long a renewal is not tried again, in ms. */
const PAUSE = 30 * 1000

interface Cached {
  accessToken: string
  expiresAt: string
  clientId?: string
  clientSecret?: string
  refreshToken?: string
}

/** One renewal at a time for each session: a refresh token may be used once. */
const renewals = new Map<string, Promise<string>>()
const tried = new Map<string, number>()

/** The file of a session's name, or of a start URL. */
const pathOf = (id: string) =>
  awsFile('sso', 'cache', `${builtin('node:crypto').createHash('sha1').update(id).digest('hex')}.json`)

/** The error if only a login in the browser helps. */
export function loginNeeded(reason: string, profile: string | undefined) {
  const quoted =
    profile && (/^[\w.@+:/-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", `'\\''`)}'`)
  const option = quoted && quoted !== 'default' ? ` --profile ${quoted}` : ''
  return new CredentialsProviderError(`${reason}: run aws sso login${option}`, false)
}

/**
 * @param id the session's name, or the start URL of a profile without one
 * @param renews whether the token may be renewed: that of a session
 * @throws {CredentialsProviderError} that names the command, if there is none that is still valid
 */
export async function ssoToken(
  id: string,
  region: string,
  { renews, config, init }: { renews: boolean; config: ClientConfig; init: ProfileInit },
): Promise<string> {
  const cached = await readToken(id).catch(() => undefined)
  const running = renewals.get(id)
  if (running) return running
  if (!cached) throw loginNeeded('there is no AWS SSO login', init.profile)
  const msLeft = Date.parse(cached.expiresAt) - Date.now()
  if (msLeft > RENEWED_EARLY) return cached.accessToken
  const { clientId, clientSecret, refreshToken } = cached
  const canRenew = renews && clientId && clientSecret && refreshToken
  if (canRenew && Date.now() - (tried.get(id) ?? 0) > PAUSE) {
    tried.set(id, Date.now())
    const renewal = renewed(id, region, cached, config, init).finally(() => renewals.delete(id))
    renewals.set(id, renewal)
    try {
      return await renewal
    } catch {
      // The old token may still be valid; if not, the error must say so.
    }
  }
  if (msLeft > 0) return cached.accessToken
  throw loginNeeded('the AWS SSO login has expired', init.profile)
}

async function readToken(id: string): Promise<Cached | undefined> {
  const found: Cached = JSON.parse(await readText(pathOf(id)))
  const { accessToken, expiresAt } = found
  // It becomes a header.
  const isUsable = typeof accessToken === 'string' && /^[\x21-\x7e]+$/.test(accessToken)
  return isUsable && !Number.isNaN(Date.parse(expiresAt)) ? found : undefined
}

/** https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
async function renewed(id: string, region: string, cached: Cached, config: ClientConfig, init: ProfileInit) {
  const { clientId, clientSecret, refreshToken } = cached
  const endpoint = await endpointFor('sso_oidc', config.endpoint, init)
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId, clientSecret, refreshToken, grantType: 'refresh_token' }),
  }
  const text = await send(pathIn(serviceUrl('oidc', region, endpoint), 'token'), request, config, readRefusal)
  const { accessToken, expiresIn, refreshToken: next } = JSON.parse(text)
  if (typeof accessToken !== 'string' || typeof expiresIn !== 'number') throw new Error('no token')
  const expiresAt = new Date(Date.now() + expiresIn * 1000).toISOString()
  const changed = { ...cached, accessToken, expiresAt, ...(next && { refreshToken: next }) }
  const { writeFile } = builtin('node:fs').promises
  // If the file cannot be written, the token is used this time only. A new file is readable only by its owner.
  await writeFile(pathOf(id), JSON.stringify(changed, null, 2), { mode: 0o600 }).catch(() => {})
  return accessToken
}

/** The address of an operation, below the path of an endpoint. */
export function pathIn(base: URL, path: string) {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`
  return url
}

/** @returns code and message of a refusal; the former is in a header too */
export function readRefusal(text: string): (string | undefined)[] {
  const { __type, code, error, message, Message, error_description: described } = JSON.parse(text)
  return [__type ?? code ?? error, message ?? Message ?? described]
}
