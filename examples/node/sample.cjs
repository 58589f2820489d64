// Prints the movies of an API behind IAM or an API key.
//
// Credentials come from the usual variables of AWS; what is not set is not sent.

const apigClientFactory = require('gatesign').default
const { diagnose } = require('gatesign')

const config = {
  invokeUrl:
    process.env.INVOKE_URL ||
    'https://abc123-vpce-0123456789abcdef0.execute-api.us-east-1.amazonaws.com/stage/movie_list',
  accessKey: process.env.AWS_ACCESS_KEY_ID,
  secretKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
  region: process.env.AWS_REGION,
  apiKey: process.env.API_KEY,
}

const apigClient = apigClientFactory.newClient(config)

apigClient
  .invokeApi({}, '', 'GET', {}, {})
  .then((result) => {
    console.log(result.data.Items)
  })
  .catch(async (error) => {
    // What was signed, for a refused signature: if the API signed the same, the secret key is wrong.
    const explanation = config.accessKey ? await apigClient.explain({ method: 'GET' }) : undefined
    const { kind, summary, hint } = diagnose(error, explanation)
    console.error(`${error.message}\n${kind}: ${summary}\n${hint}`)
    process.exitCode = 1
  })
