// An explanation as text, in the order of the steps.

import type { Explanation } from 'gatesign'

export function formatExplanation(explanation: Explanation, json = false): string {
  if (json) return JSON.stringify(explanation, null, 2)
  const { canonicalRequest, stringToSign, signature } = explanation
  return `Canonical request\n\n${canonicalRequest}\n\nString to sign\n\n${stringToSign}\n\nSignature\n\n${signature}`
}
