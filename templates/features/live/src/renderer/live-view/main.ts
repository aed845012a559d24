/** The live view: draws what the processes of the app say of their channels. */
import type { Payloads } from '../../live/contract'
import type { Row } from '../../live/log'
import { Graph, type Selection } from './graph/graph'
import { Inspector } from './inspector/inspector'
import { LogView } from './log/log-view'
import { Tools } from './log/tools'
import { Agents } from './model/agents'
import { Processes } from './model/processes'
import { showTotals } from './totals'

/** How often figures are measured and shown, in milliseconds; what moves is drawn every frame. */
const FIGURES_MS = 400

const find = (id: string): HTMLElement => document.querySelector(`#${id}`) as HTMLElement

const agents = new Agents()
const processes = new Processes(agents.log, (text) => (find('announcer').textContent = text))
const select = (what: Selection | { row: Row }): void => {
  graph.select('row' in what ? undefined : what)
  inspector.select(what)
}
const graph = new Graph(find('graph'), agents, processes, select)
const rows = new LogView(find('rows'), agents.log, (row) => select({ row }))
const inspector = new Inspector(find('inspector'), agents, processes, (number) => rows.goTo(number))
const tools = new Tools(find('log'), agents.log, rows, (text) => processes.desk.call.save(text))

const payloads = find('payloads') as HTMLSelectElement
payloads.addEventListener('input', () => agents.show(payloads.value as Payloads))

let shownAt = 0

function draw(now: number): void {
  requestAnimationFrame(draw)
  graph.move(now)
  rows.update()
  if (now - shownAt < FIGURES_MS) return
  shownAt = now
  agents.measure()
  graph.show()
  inspector.show()
  tools.show(agents.members)
  showTotals(agents)
}

requestAnimationFrame(draw)
