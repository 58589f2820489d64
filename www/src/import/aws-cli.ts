// Reads `aws apigateway test-invoke-method`: the request that it describes, as a client would send it.
//
// https://docs.aws.amazon.com/cli/latest/reference/apigateway/test-invoke-method.html

import { row } from '../model/request'
import { putBody } from './body'
import { commandsOf, programOf } from './commands'
import { finish, gather, newDraft } from './drafts'
import { type Imported, ImportProblem, leaveOut, nothing } from './imported'
import { putUrl, setOwn } from './url'

export function readAwsCli(source: string): Imported {
  const found = nothing()
  const program = commandsOf(source)
    .map(programOf)
    .find(({ name }) => name === 'aws')
  const args = program?.args ?? []
  if (!args.includes('test-invoke-method'))
    throw new ImportProblem(
      'This is a command of the AWS CLI. Of these, aws apigateway test-invoke-method can be imported; paste keys and tokens under Auth.',
    )
  const values = (name: string): string[] => {
    const at = args.indexOf(`--${name}`)
    if (at === -1) return []
    const next = args.findIndex((word, i) => i > at && word.startsWith('--'))
    return args.slice(at + 1, next === -1 ? undefined : next)
  }
  const value = (name: string) => values(name)[0] ?? ''
  const draft = newDraft()
  const { doc } = draft
  const region = value('region') || 'us-east-1'
  putUrl(
    doc,
    `https://${value('rest-api-id') || '{{api}}'}.execute-api.${region}.amazonaws.com/{stage}${value('path-with-query-string') || '/'}`,
  )
  setOwn(doc.variables, 'stage', '')
  doc.method = value('http-method').toUpperCase() || 'GET'
  doc.auth = { ...doc.auth, kind: 'iam' }
  for (const [name, text] of headersOf(values('headers'))) doc.headers.push(row(name, text))
  putBody(doc, value('body'), 'application/json')
  found.notes.push('Enter the stage: the AWS CLI calls the method without one.')
  if (value('region') === '') found.notes.push('The command names no region: us-east-1 was put into the URL.')
  for (const name of ['profile', 'stage-variables', 'client-certificate-id'])
    if (value(name) !== '')
      leaveOut(
        found,
        `--${name}`,
        name === 'profile' ? 'a page cannot read the files of the AWS CLI' : 'only the AWS CLI can give it',
      )
  finish(draft, found)
  return gather(found, 'AWS CLI', [draft])
}

/** `a=b,c=d`, or JSON. */
function headersOf(words: string[]): [string, string][] {
  const text = words.join(',')
  try {
    if (text.startsWith('{'))
      return Object.entries(JSON.parse(text)).map(([name, value]) => [name, String(value)])
  } catch {
    return []
  }
  return text
    .split(',')
    .filter((item) => item.includes('='))
    .map((item) => item.split(/=(.*)/s).slice(0, 2) as [string, string])
}
