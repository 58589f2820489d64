import { type Config, newClient } from 'gatesign'

export interface Bridge {
  countMovies(): Promise<number>
  config(): Promise<Config>
}

declare global {
  interface Window {
    bridge: Bridge
  }
}

async function show() {
  const client = newClient(await window.bridge.config())
  const { data } = await client.invokeApi<{ Items: unknown[] }>({}, '/movie_list', 'GET')
  const shown = document.querySelector('#movies')
  if (shown) shown.textContent = `${data.Items.length} movies`
}

show()
