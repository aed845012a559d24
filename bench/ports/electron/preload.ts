import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('bench', { readMemory: () => ipcRenderer.invoke('read-memory') })

// The only way for a port into the page's own world.
ipcRenderer.on('port', ({ ports }) => window.postMessage('port', location.origin, ports))
