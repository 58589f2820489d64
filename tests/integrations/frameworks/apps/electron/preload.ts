import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from './renderer'

const bridge: Bridge = {
  countMovies: () => ipcRenderer.invoke('count-movies'),
  config: () => ipcRenderer.invoke('config'),
}
contextBridge.exposeInMainWorld('bridge', bridge)
