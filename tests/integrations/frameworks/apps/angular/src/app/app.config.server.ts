import { type ApplicationConfig, mergeApplicationConfig } from '@angular/core'
import { provideServerRendering, withRoutes } from '@angular/ssr'
import { configOf } from '../config.server'
import { appConfig } from './app.config'
import { serverRoutes } from './app.routes.server'
import { SERVER_CONFIG } from './home'

const serverConfig: ApplicationConfig = {
  providers: [
    provideServerRendering(withRoutes(serverRoutes)),
    { provide: SERVER_CONFIG, useFactory: configOf },
  ],
}

export const config = mergeApplicationConfig(appConfig, serverConfig)
