// A component of the server.

import { newClient } from 'gatesign'
import { configOf } from '../config'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const { data } = await newClient(configOf()).invokeApi({}, '/movie_list', 'GET')
  return <p id="movies">{`${data.Items.length} movies`}</p>
}
