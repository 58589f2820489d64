import { join } from 'node:path'
import { app, BrowserWindow, ipcMain } from 'electron'
import { configOf, countMovies } from './movies'

ipcMain.handle('count-movies', () => countMovies())
// For a page that calls for itself; a real one gives it temporary credentials.
ipcMain.handle('config', () => configOf())

app.whenReady().then(() => {
  // Its defaults: contextIsolation and sandbox are on, nodeIntegration is off.
  const window = new BrowserWindow({ webPreferences: { preload: join(__dirname, 'preload.js') } })
  return window.loadFile('index.html')
})
