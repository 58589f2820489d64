// A dashboard whose data comes through SWR, TanStack Query and axios, all of it signed in the page.

import {
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import axios from 'axios'
import { newClient } from 'gatesign'
import { axiosInterceptor } from 'gatesign/axios'
import { createRoot } from 'react-dom/client'
import useSWR from 'swr'

const { invokeUrl, config } = window.dashboard
const client = newClient({ invokeUrl, ...config })
const api = axios.create({ baseURL: invokeUrl })
api.interceptors.request.use(axiosInterceptor(client, api))

/** Rejects for a status that is none of success, as both libraries expect it. */
async function getJson(path) {
  const response = await client.fetch(`${invokeUrl}${path}`)
  if (!response.ok) throw new Error(`status ${response.status}`)
  return response.json()
}

const addMovie = async (movie) => (await client.invokeApi({}, '/movie', 'POST', {}, movie)).data.Item

const Swr = () => {
  const { data, error } = useSWR('/movie_list', getJson)
  return <p id="swr">{error?.message ?? (data && `${data.Items.length} movies`)}</p>
}

const Query = () => {
  const queries = useQueryClient()
  const { data, error } = useQuery({
    queryKey: ['movies'],
    queryFn: () => getJson('/movie_list'),
    retry: false,
  })
  const { mutate, data: added } = useMutation({
    mutationFn: addMovie,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['movies'] }),
  })
  return (
    <>
      <p id="query">{error?.message ?? (data && `${data.Items.length} movies`)}</p>
      <button type="button" onClick={() => mutate({ year: 2024, title: 'Flow', info: {} })}>
        add
      </button>
      <p id="added">{added?.title}</p>
    </>
  )
}

const Axios = () => {
  const queryFn = async () => {
    const form = new FormData()
    form.append('title', 'Das Boot – ü')
    const { data } = await api.post('/echo', form)
    return atob(data.bodyBase64).includes('name="title"') ? 'the form arrived' : 'no form'
  }
  const { data, error } = useQuery({ queryKey: ['axios'], queryFn, retry: false })
  return <p id="axios">{error?.message ?? data}</p>
}

createRoot(document.querySelector('#root')).render(
  <QueryClientProvider client={new QueryClient()}>
    <Swr />
    <Query />
    <Axios />
  </QueryClientProvider>,
)
