import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

export const theme = signal<Theme>(stored())

export function nextTheme() {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
}

function stored(): Theme {
  try {
    const name = localStorage.getItem('theme') as Theme
    return THEMES.includes(name) ? name : 'system'
  } catch {
    return 'system'
  }
}

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme.value
  try {
    localStorage.setItem('theme', theme.value)
  } catch {
    // Without storage the choice is lost when the page is closed.
  }
})
