import { app } from 'electron'
import { Broker } from '../ports/handoff/broker'
import { Pages } from '../ports/handoff/pages'
import { topology } from '../topology'
import { registerScheme, serveContent } from './content'
import { denyByDefault } from './security'
import { services } from './services'
import { Windows } from './windows'

registerScheme()
denyByDefault()

void app.whenReady().then(() => {
  serveContent()
  const broker = new Broker(topology.links)
  const windows = new Windows(new Pages(broker))
  for (const start of Object.values(services)) start({ broker, windows })
  windows.openAll()
})
