// The smallest download: the module is a file of its own, which Vite finds by itself.

import { diagnose, init, newClient } from 'gatesign/slim'

await init()
const { invokeUrl, region } = await (await fetch('config.json')).json()
const credentials = async () => (await fetch('/credentials')).json()
const client = newClient({ invokeUrl, region, credentials })

const element = (id) => document.getElementById(id)

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const movie = { year: element('year').value, title: element('title').value }
  try {
    const { data } = await client.invokeApi(movie, '/movie/{year}/{title}', 'GET')
    element('movie').textContent = JSON.stringify(data.Item, null, 2)
  } catch (error) {
    element('movie').textContent = `${error.message}: ${diagnose(error).summary}`
  }
})
document.querySelector('form').dataset.ready = 'true'
