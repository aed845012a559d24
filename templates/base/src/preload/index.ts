/**
 * The hand-off, and nothing else. It runs in every page before the page's own scripts, in a world
 * of its own: ports cannot cross the contextBridge, only `window.postMessage` carries them over.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { type Ask, type HandoffBridge, type Reply, ipc } from '../ports/handoff'

ipcRenderer.send(ipc.document)

const bridge: HandoffBridge = {
  open: (ask: Ask) => ipcRenderer.send(ipc.open, ask),
  accept: (ask: Ask) => ipcRenderer.send(ipc.accept, ask),
}
contextBridge.exposeInMainWorld('portsBridge', bridge)

for (const channel of [ipc.grant, ipc.refuse]) {
  ipcRenderer.on(channel, (event, reply: Reply) => {
    // To this page's origin only: never '*', for the window may have moved on meanwhile.
    window.postMessage(reply, window.location.origin, event.ports)
  })
}
