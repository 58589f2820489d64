import { createSigner, newClient } from 'gatesign'

const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }
const identity = { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey }
for (const use of [
  () => newClient({ invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage', ...keys }),
  () => createSigner({ ...identity, region: 'us-east-1', service: 'execute-api' }),
]) {
  try {
    console.log(typeof use())
  } catch (error) {
    console.log(String(error))
  }
}
