// A chart that stays up to date for longer than its credentials last.

import { Chart, LinearScale, PointElement, ScatterController, Tooltip } from 'chart.js'
import { diagnose, newClient } from 'gatesign'
import { fromCognitoIdentityPool } from 'gatesign/credentials'

Chart.register(LinearScale, PointElement, ScatterController, Tooltip)

const MINUTE = 60_000
const state = document.querySelector('#state')

const { invokeUrl, region, identityPoolId, cognito } = await (await fetch('config.json')).json()
const client = newClient({
  invokeUrl,
  region,
  // Guests of the pool. The client asks again 5 minutes before their credentials end.
  credentials: fromCognitoIdentityPool({ identityPoolId, clientConfig: { endpoint: cognito } }),
  retries: 3,
  retryDelay: 'exponential',
})

const chart = new Chart(document.querySelector('#chart'), {
  type: 'scatter',
  data: { datasets: [{ data: [] }] },
  options: {
    animation: false,
    scales: { x: { title: { display: true, text: 'Year' }, ticks: { format: { useGrouping: false } } } },
    plugins: { tooltip: { callbacks: { label: ({ raw }) => `${raw.title} (${raw.x}): ${raw.y}` } } },
  },
})

async function refresh() {
  state.textContent = 'Loading …'
  try {
    const { data } = await client.invokeApi({}, '/movie_list', 'GET', { timeout: 10_000 })
    chart.data.datasets[0].data = data.Items.map(({ year, title, info }) => ({
      x: year,
      y: info.rating,
      title,
    }))
    chart.update()
    state.textContent = `${data.Items.length} movies, ${new Date().toLocaleTimeString()}`
  } catch (error) {
    const { summary, hint } = diagnose(error)
    state.textContent = `${error.message}: ${summary} ${hint}`
  }
}

document.querySelector('#refresh').addEventListener('click', refresh)
setInterval(refresh, MINUTE)
await refresh()
