// The comparison of what was signed with what the server says: which part is blamed, and that no secret is shown.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose } from 'gatesign'
import { messageOf, OURS, TO_SIGN } from './messages.mjs'

const EXPLANATION = { canonicalRequest: OURS, stringToSign: TO_SIGN }
const compared = (canonical, toSign, explanation = EXPLANATION) =>
  diagnose({ status: 403, body: { message: messageOf(canonical, toSign) } }, explanation)

describe('the first line that differs is named', () => {
  for (const [from, to, part, line] of [
    ['POST\n', 'GET\n', 'method', 1],
    ['/prod/movies', '/prod/movie%2573', 'path', 2],
    ['a=1&b=2', 'a=1', 'query', 3],
    ['application/json', 'text/plain', 'header content-type', 4],
    ['host:a.b', 'host:c.d', 'header host', 5],
    ['content-type;host;', 'host;', 'signed headers', 9],
    ['\nhash', '\nother', 'payload hash', 10],
    ['canary-token', 'canary-token-longer', 'header x-amz-security-token', 7],
  ]) {
    test(part, () => {
      const diagnosis = compared(OURS.replace(from, to), TO_SIGN)
      const { kind, summary, diff } = diagnosis
      assert.deepEqual([kind, diff.part, diff.line], ['SignatureDoesNotMatch', part, line])
      assert.equal(summary, `The signature does not match: the ${part} differs.`)
      assert.notEqual(diff.ours, diff.theirs)
      assert.doesNotMatch(JSON.stringify(diagnosis), /canary/)
    })
  }
  for (const [from, to, part, line] of [
    ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256', 'algorithm', 1],
    ['20250509T163523Z', '20250509T163524Z', 'time', 2],
    ['us-west-2', 'us-east-1', 'credential scope', 3],
    ['ffff', 'eeee', 'canonical request hash', 4],
  ]) {
    test(part, () => {
      const { diff } = compared(OURS, TO_SIGN.replace(from, to))
      assert.deepEqual([diff.part, diff.line], [part, line])
    })
  }
})

/** As JSON writes a text. */
const escaped = (text) => JSON.stringify(text).slice(1, -1)

describe('a message is read with other line ends and with quotes in it', () => {
  const message = messageOf(OURS.replace('application/json', 'x\'y"z'), TO_SIGN)
  for (const [name, text] of Object.entries({
    'as it is': message,
    escaped: escaped(message),
    'escaped twice': escaped(escaped(message)),
    'escaped three times': escaped(escaped(escaped(message))),
    'CRLF, escaped': escaped(message.replaceAll('\n', '\r\n')),
    'with \\u0026': escaped(message).replaceAll('&', '\\u0026'),
    CRLF: message.replaceAll('\n', '\r\n'),
    'indented lines': message.replaceAll('\n', '\n    '),
    'other white space': message.replaceAll('\n', ' \t\r\n\t'),
  })) {
    test(name, () => {
      const { diff } = diagnose({ message: text }, EXPLANATION)
      assert.deepEqual([diff.part, diff.theirs], ['header content-type', 'content-type:x\'y"z'])
    })
  }
})

test('a message that is cut anywhere shows no secret', () => {
  const whole = messageOf(OURS, TO_SIGN)
  for (let end = 0; end < whole.length; end += 1) {
    const diagnosis = diagnose({ status: 403, body: whole.slice(0, end) })
    assert.doesNotMatch(JSON.stringify(diagnosis), /canary/, whole.slice(0, end))
    if (end > 70) assert.equal(diagnosis.kind, 'SignatureDoesNotMatch')
  }
})

describe('an explanation of another time blames no date', () => {
  const credential = 'X-Amz-Credential=AKID%2F20250509%2Fus-west-2%2Fexecute-api%2Faws4_request'
  const presigned = OURS.replace('a=1', `${credential}&X-Amz-Date=20250509T163523Z`)
    .replace('x-amz-date:20250509T163523Z\n', '')
    .replace('x-amz-date;', '')
  for (const [form, ours] of Object.entries({ header: OURS, query: presigned })) {
    for (const [name, later] of [
      ['a second later', '20250509T163524Z'],
      ['over midnight', '20250510T000000Z'],
    ]) {
      const at = (text, hash = 'ffff') =>
        text
          .replaceAll('20250509T163523Z', later)
          .replaceAll('20250509', later.slice(0, 8))
          .replaceAll('ffff', hash)
      const theirs = (canonical, toSign = at(TO_SIGN, 'eeee')) =>
        compared(at(canonical), toSign, { canonicalRequest: ours, stringToSign: TO_SIGN })
      test(`${form}, ${name}`, () => {
        const { diff, hint } = theirs(ours)
        assert.equal(diff, undefined)
        assert.match(hint, /secret key/)
        for (const [from, to, part] of [
          ['\nhash', '\nother', 'payload hash'],
          ['/prod/movies', '/prod/movie%2573', 'path'],
          ['b=2', 'b=3', 'query'],
          ['application/json', 'text/plain', 'header content-type'],
        ]) {
          assert.equal(theirs(ours.replace(from, to)).diff.part, part)
        }
        const elsewhere = at(TO_SIGN, 'eeee').replace('us-west-2', 'us-east-1')
        assert.equal(theirs(ours, elsewhere).diff.part, 'credential scope')
      })
    }
  }

  test('a day in the path is no time', () => {
    const ours = OURS.replace('/prod/movies', '/prod/20250509')
    const theirs = ours.replace('20250509T163523Z', '20250510T000000Z')
    assert.equal(compared(theirs, TO_SIGN, { canonicalRequest: ours, stringToSign: TO_SIGN }).diff, undefined)
  })

  test('a date that is none is a difference', () => {
    const { diff } = compared(OURS.replace('20250509T163523Z', 'now'), TO_SIGN)
    assert.equal(diff.part, 'header x-amz-date')
  })
})

const SEPARATORS = [
  ...[' ', '  ', '\r', '\r\n', '\n\n', '<br>', '<br>\n', '\n    ', '\\n', '\\\\n', '\\\\\\n', '\t', '|', ''],
]

test('no secret is shown however lines are separated', () => {
  for (const canonical of [
    OURS,
    OURS.replaceAll('x-amz-s', 'X-Amz-S'),
    OURS.replace('a=1', 'a=1&x-amz-security-token=canary%2F'),
    OURS.replaceAll('x-amz-security-token', 'Cookie'),
  ]) {
    for (const separator of SEPARATORS) {
      const separated = canonical.replaceAll('\n', separator)
      for (const message of [
        messageOf(canonical, TO_SIGN).replaceAll('\n', separator),
        messageOf(separated, TO_SIGN),
        messageOf(canonical.replaceAll('canary', `can${separator}canary`), TO_SIGN),
      ]) {
        for (const canonicalRequest of ['', OURS, canonical, separated]) {
          const diagnosis = diagnose({ message }, { canonicalRequest, stringToSign: TO_SIGN })
          assert.equal(diagnosis.kind, 'SignatureDoesNotMatch')
          assert.doesNotMatch(JSON.stringify(diagnosis), /canary/, message)
        }
      }
    }
  }
})

test('lines that cannot be told apart are not compared', () => {
  for (const separator of [' ', '\r', '<br>', '<br>\n', '\n\n']) {
    const { diff, server, hint } = diagnose(messageOf(OURS, TO_SIGN).replaceAll('\n', separator), EXPLANATION)
    assert.deepEqual([diff, server], [undefined, undefined], separator)
    assert.match(hint, /^Compare/)
  }
})

test('a secret that was replaced before is the same', () => {
  for (const ours of [OURS, OURS.replace('a=1', 'X-Amz-Security-Token=canary%2Ftoken')]) {
    const theirs = ours
      .replace('canary%2Ftoken', '[redacted: 14 characters]')
      .replace('canary-token', '[redacted: 12 characters]')
    const explanation = { canonicalRequest: ours, stringToSign: TO_SIGN }
    const { diff, hint, server } = compared(theirs, TO_SIGN, explanation)
    assert.equal(diff, undefined)
    assert.equal(server.canonicalRequest, theirs)
    assert.match(hint, /secret key/)
  }
})
