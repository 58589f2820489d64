import { expect, it } from 'vitest'
import { endpointOf } from '../../src/model/host'

it.each([
  ['https://abc.execute-api.eu-west-1.amazonaws.com/prod', 'execute-api', 'eu-west-1', 'abc'],
  ['wss://ABC.execute-api.eu-west-1.api.aws:443/prod', 'execute-api', 'eu-west-1', 'abc'],
  ['https://abc.lambda-url.us-east-1.on.aws/', 'lambda', 'us-east-1', ''],
  ['https://email.us-east-1.amazonaws.com', 'ses', 'us-east-1', ''],
  ['https://monitoring.us-east-1.amazonaws.com', 'monitoring', 'us-east-1', ''],
  ['https://sts.amazonaws.com', 'sts', 'us-east-1', ''],
  ['https://abc.execute-api.eu-west-1.evil.example', '', '', ''],
])('reads what the host of %s tells', (url, service, region, apiId) => {
  expect(endpointOf(url)).toMatchObject({ service, region, apiId })
})
