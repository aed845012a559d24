const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('fixture', { requestPort: () => ipcRenderer.send('request-port') })

ipcRenderer.on('port', ({ ports }) => window.postMessage('port', location.origin, ports))
