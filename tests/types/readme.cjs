// The examples of the old package's README with the package's name changed. Two of them are no
// JavaScript as they stand there: a comment that runs on without `//`, and three alternatives joined
// by `||` without parentheses, which are three clients here.

var apigClientFactory = require('gatesign').default

var config = { invokeUrl: 'https://xxxxx.execute-api.us-east-1.amazonaws.com' }
var apigClient = apigClientFactory.newClient(config)

var pathParams = {
  userId: '1234',
}
var pathTemplate = '/users/{userID}/profile'
var method = 'GET'
var additionalParams = {
  headers: {
    param0: '',
    param1: '',
  },
  queryParams: {
    param0: '',
    param1: '',
  },
}
var body = {}

apigClient
  .invokeApi(pathParams, pathTemplate, method, additionalParams, body)
  .then((result) => {
    return result.data
  })
  .catch((result) => {
    return result.response
  })

var credentials = {
  invokeUrl: 'https://xxxxx.execute-api.us-east-1.amazonaws.com',
  region: 'eu-west-1',
  accessKey: 'ACCESS_KEY',
  secretKey: 'SECRET_KEY',
  sessionToken: 'SESSION_TOKEN',
  systemClockOffset: 0,
  retries: 4,
  shouldResetTimeout: false,
}

apigClientFactory.newClient({
  ...credentials,
  retryCondition: (err) => {
    return err.response && err.response.status === 500
  },
  retryDelay: 100,
})
apigClientFactory.newClient({ ...credentials, retryDelay: 'exponential' })
apigClientFactory.newClient({
  ...credentials,
  retryDelay: (retryCount, error) => {
    return error.response ? retryCount * 100 : 0
  },
})

apigClientFactory.newClient({
  invokeUrl: 'https://xxxxx.execute-api.us-east-1.amazonaws.com',
  apiKey: 'API_KEY',
  region: 'eu-west-1',
})
