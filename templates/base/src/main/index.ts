import { app } from 'electron'
import { Broker } from '../ports/handoff/broker'
import { Pages } from '../ports/handoff/pages'
import { type NodeKind, topology } from '../topology'
import { origin, registerScheme, serveContent } from './content'
import { denyByDefault } from './security'
import { openWindow } from './windows'

/** The pause in milliseconds before a worker window is opened again that its own page has closed. */
const REOPEN_MS = 1000

let isQuitting = false
app.once('before-quit', () => {
  isQuitting = true
})

registerScheme()
denyByDefault()

void app.whenReady().then(() => {
  serveContent()
  const pages = new Pages(new Broker(topology.links), origin)
  for (const [node, { kind }] of Object.entries(topology.nodes)) startNode(pages, node, kind)
})

function startNode(pages: Pages, node: string, kind: NodeKind): void {
  if (isQuitting) return
  const window = openWindow(node, kind)
  pages.admit(node, window.webContents)
  window.once('closed', () => {
    // A worker window is never seen: it would keep the app alive for ever.
    if (kind === 'window') app.quit()
    else setTimeout(() => startNode(pages, node, kind), REOPEN_MS)
  })
}
