/** Passes a port that the page made on to main: `ipcRenderer` can move ports, and the page has none. */
import { ipcRenderer } from 'electron'

/** Listens for the page to post `'own-port'` to its own window, with the port. */
export function expose(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || event.data !== 'own-port') return
    ipcRenderer.postMessage('own-port', undefined, [...event.ports])
  })
}
