/** Forwards ports to the page, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('requestOrders', () => ipcRenderer.send('request-orders'))

ipcRenderer.on('orders', ({ ports }) => {
  window.postMessage('orders', window.location.origin, ports)
})
