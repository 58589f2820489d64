// How rows of the drop-in table are written.
//
// keep: both packages must send the same requests and give the caller the same.
// fix:  the old package has a defect. `ours` says what we do, `old` what the old package does where that
//       can be seen; `defect` says what it is (defects.mjs).
//
// A row runs once for each of `auth` (default: unsigned). `signedDefect` is for rows that are `keep`
// unsigned while the old package's signature is wrong: signed, the requests must still be the same, our
// signature right and the old one not.

/**
 * @param {string} name
 * @param {any[] | ((place: any) => any[])} call arguments of invokeApi
 * @param {object} [more] config, auth, faults, answers, ours (checked for both), …
 */
export const keep = (name, call, more = {}) => ({ kind: 'keep', name, call, ...more })

/**
 * @param {string} defect
 * @param {string} name
 * @param {any[] | ((place: any) => any[])} call
 * @param {object} more at least `ours`
 */
export const fix = (defect, name, call, more) => ({ kind: 'fix', defect, name, call, ...more })

/** Header values by lower-case name, of a recorded request; repeated ones joined as HTTP says. */
export function headersOf(request) {
  const headers = {}
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase()
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  }
  return headers
}

/** Both ways to send. */
export const EITHER = ['open', 'iam']
