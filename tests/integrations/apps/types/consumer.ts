// What a project in TypeScript imports, under each way to find modules.

import { type ApiError, type Client, newClient } from 'gatesign'
import { appsyncConnection } from 'gatesign/appsync'
import { axiosInterceptor } from 'gatesign/axios'
import { diagnose } from 'gatesign/diagnose'
import { readEvents } from 'gatesign/events'
import { SignatureV4 } from 'gatesign/smithy'
import { undiciInterceptor } from 'gatesign/undici'

const client: Client = newClient({ invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/stage' })

export async function list(): Promise<string[]> {
  try {
    const { data } = await client.invokeApi<{ Items: { title: string }[] }>({}, '/movie_list', 'GET')
    return data.Items.map(({ title }) => title)
  } catch (error) {
    return [diagnose(error as ApiError).hint]
  }
}

// @ts-expect-error a method is a text
client.invokeApi({}, '/movie_list', 5)

export const used = [appsyncConnection, axiosInterceptor, readEvents, SignatureV4, undiciInterceptor]
