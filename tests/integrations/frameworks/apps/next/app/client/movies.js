'use client'

import { newClient } from 'gatesign'
import { useEffect, useState } from 'react'

export function Movies({ config }) {
  const [text, setText] = useState('')
  useEffect(() => {
    newClient(config)
      .invokeApi({}, '/movie_list', 'GET')
      .then(({ data }) => setText(`${data.Items.length} movies`))
      .catch((error) => setText(error.message))
  }, [config])
  return <p id="movies">{text}</p>
}
