// Calls in the browser, through HttpClient.

import { HttpClient, HttpContext } from '@angular/common/http'
import { afterNextRender, Component, inject, signal } from '@angular/core'
import { type Config, newClient } from 'gatesign'
import { firstValueFrom } from 'rxjs'
import { SIGNED_BY } from './signing'

@Component({ selector: 'app-client', template: '<p id="movies">{{ text() }}</p>' })
export class Client {
  private readonly http = inject(HttpClient)
  protected readonly text = signal('')

  constructor() {
    afterNextRender(() => this.load())
  }

  private async load() {
    // The server gives the page a configuration; a real one has its own login for temporary credentials.
    const config = await firstValueFrom(this.http.get<Config>('/config'))
    const context = new HttpContext().set(SIGNED_BY, newClient(config))
    const movies = this.http.get<{ Items: unknown[] }>(`${config.invokeUrl}/movie_list`, {
      context,
      params: { q: 'a b+c', list: ['1', '2'] },
    })
    this.text.set(`${(await firstValueFrom(movies)).Items.length} movies`)
    // For the tests, which send bodies of each kind.
    Object.assign(globalThis, {
      send: (url: string, body: unknown, headers: Record<string, string>) =>
        firstValueFrom(this.http.post(url, body, { context, headers })),
    })
  }
}
