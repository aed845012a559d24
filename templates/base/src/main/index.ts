import { app, dialog } from 'electron'
import { Broker } from '../ports/handoff/broker'
import { Pages } from '../ports/handoff/pages'
import { topology } from '../topology'
import { registerScheme, serveContent } from './content'
import { prepareDesktop, startDesktop } from './desktop/desktop'
import { isOnlyInstance } from './desktop/one-instance'
import { denyByDefault } from './security'
import { services } from './services'
import { Windows } from './windows'

// Electron shows it in a dialog, which nobody sees where there is no screen.
process.on('uncaughtExceptionMonitor', (error) => console.error(error))
// Of a promise Electron would only warn.
process.on('unhandledRejection', (error) => {
  throw error
})

if (isOnlyInstance()) prepare()
else app.exit()

function prepare(): void {
  prepareDesktop()
  registerScheme()
  denyByDefault()
  void app.whenReady().then(start).catch(fail)
}

function start(): void {
  serveContent()
  const broker = new Broker(topology.links, topology.nodes)
  const pages = new Pages(broker)
  const windows = new Windows(broker, pages)
  const main = { ports: broker.portsOf('main'), broker, pages, windows }
  startDesktop(windows)
  for (const startService of Object.values(services)) startService(main)
  windows.openAtStart()
}

/** Without a window nobody could end the app. */
function fail(error: unknown): void {
  const title = `${app.name} did not start`
  console.error(`${title}:`, error)
  const reason = error instanceof Error ? error.stack : undefined
  dialog.showErrorBox(title, reason ?? String(error))
  app.exit(1)
}
