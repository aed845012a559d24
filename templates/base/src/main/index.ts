import { app } from 'electron'
import { Broker } from '../ports/broker'
import { topology } from '../topology'
import { origin, registerScheme, serveContent } from './content'
import { denyByDefault } from './security'
import { openWindow } from './windows'

registerScheme()
denyByDefault()

void app.whenReady().then(() => {
  serveContent()
  const broker = new Broker(topology.links, origin)

  for (const [node, { kind }] of Object.entries(topology.nodes)) {
    const window = openWindow(node, kind)
    broker.admit(node, window.webContents)
    // A worker window is never seen: without this it would keep the app alive for ever.
    if (kind === 'window') window.once('closed', () => app.quit())
  }
})
