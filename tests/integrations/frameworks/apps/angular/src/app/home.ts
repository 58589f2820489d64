// Calls on the server; the page is sent with what came.

import {
  Component,
  InjectionToken,
  inject,
  makeStateKey,
  PendingTasks,
  signal,
  TransferState,
} from '@angular/core'
import { type Config, newClient } from 'gatesign'

/** Provided by the server alone. */
export const SERVER_CONFIG = new InjectionToken<Config>('the configuration of the server')

const TEXT = makeStateKey<string>('movies')

@Component({ selector: 'app-home', template: '<p id="movies">{{ text() }}</p>' })
export class Home {
  private readonly state = inject(TransferState)
  protected readonly text = signal(this.state.get(TEXT, ''))

  constructor() {
    const config = inject(SERVER_CONFIG, { optional: true })
    if (config) inject(PendingTasks).run(() => this.load(config))
  }

  private async load(config: Config) {
    const { data } = await newClient(config).invokeApi<{ Items: unknown[] }>({}, '/movie_list', 'GET')
    this.text.set(`${data.Items.length} movies`)
    this.state.set(TEXT, this.text())
  }
}
