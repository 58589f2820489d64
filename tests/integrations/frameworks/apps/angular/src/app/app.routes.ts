import type { Routes } from '@angular/router'
import { Client } from './client'
import { Home } from './home'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'client', component: Client },
]
