/** Main's part of the live view: its window, its links, and what main alone knows of the processes. */
import { app } from 'electron'
import { startAgent } from '../../live/agent/agent'
import { newLinks } from '../../live/contract'
import { topology } from '../../topology'
import type { Main } from '../services'
import { serveDesk } from './desk'
import { addToMenu } from './menu'
import { record } from './recorder'
import { ViewWindow } from './view-window'

/**
 * Starts the live view, in an app that is not packaged: in one that is the broker knows none of its links.
 *
 * @param records  Whether everything is recorded from the start, for tests. The view is not opened by itself then.
 */
export function start(main: Main, records: boolean): void {
  if (app.isPackaged) return
  const { broker, ports } = main
  broker.addLinks(newLinks(Object.keys(topology.nodes)))
  startAgent(ports, 'main', records)
  serveDesk(main)
  const view = new ViewWindow(main)
  addToMenu(() => view.open())
  if (records) record(broker)
  else view.openAsBefore()
}
