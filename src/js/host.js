// What the name of an API says, for the command line, its forwarder and the web tester; the client has its own
// reading in src/client/config.rs, and src/client/hosts.txt holds for both.

const NAME = /^([^.]+)\.execute-api\.([a-z0-9-]+)\.(?:vpce\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)$/

/**
 * @param {string} hostname in lower case and without a port, as `URL` gives it
 * @returns {{ id: string, region: string } | undefined} `id` is the first label: the API's, or the VPC endpoint's
 */
export function apiOf(hostname) {
  const [, id, region] = NAME.exec(hostname) ?? []
  return id === undefined || region === undefined ? undefined : { id, region }
}
