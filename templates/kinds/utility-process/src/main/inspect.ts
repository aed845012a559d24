import { app } from 'electron'
import { type NodeName, topology } from '../topology'

/**
 * Has a debugger find a utility process, where INSPECT_UTILITIES is set, as `.vscode/tasks.json` does: it is the port of the
 * first such node in `src/topology.ts`, and those after it have the next. Of many of a node each takes any port, which it prints.
 */
export function inspectArgs(node: NodeName, key?: string): string[] {
  const first = Number(process.env['INSPECT_UTILITIES'])
  if (!first || app.isPackaged) return []
  return [`--inspect=${key === undefined ? first + utilities.indexOf(node) : 0}`]
}

const utilities = (Object.keys(topology.nodes) as NodeName[]).filter(
  (node) => topology.nodes[node].kind === 'utility-process',
)
