import type { Diagnosis } from 'gatesign'
import { addApiId, openSessionToken, useRegion } from '../state/hints'
import { editAuth, editOptions } from '../state/request'
import { sendNow } from '../ui/send-now'

const REGION = /^[a-z]{2}(?:-[a-z]+){1,3}-\d+$/

/** A button that fixes the cause of a refusal, if the page can. */
export function Remedy({ diagnosis, text, host }: { diagnosis: Diagnosis; text: string; host: string }) {
  const { kind } = diagnosis
  // S3: “expecting 'us-east-1'”; API Gateway names only the service: “correct service: 'execute-api'”.
  const [, expected = ''] = /(?:expecting|correct service:) ["'\\]*([a-z0-9-]+)/.exec(text) ?? []
  const act = (label: string, action: () => void) => (
    <p class="acts">
      <button type="button" onClick={action}>
        {label}
      </button>
    </p>
  )
  if (kind === 'CredentialScope' && REGION.test(expected))
    return act(`Use ${expected}`, () => useRegion(expected))
  if (kind === 'CredentialScope' && /^[a-z][a-z0-9-]+$/.test(expected))
    return act(`Use the service ${expected}`, () => editAuth({ service: expected }))
  if (kind === 'ExpiredToken' || kind === 'InvalidClientTokenId')
    return act('Open session token', openSessionToken)
  if (kind === 'Timeout')
    return act('Wait 60 s', () => {
      editOptions({ timeout: 60_000 })
      void sendNow()
    })
  if (kind === 'ApiKey' && /\.vpce\.|-vpce-|^vpce-/.test(host)) return act('Add x-apigw-api-id', addApiId)
  return null
}
