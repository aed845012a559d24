import { type ProcessMetric, type WebContents, app, webContents } from 'electron'
import type { Process } from '../../live/contract'
import type { Peer } from '../../ports/handoff/handoff'
import type { Pages } from '../../ports/handoff/pages'
import { type NodeName, topology } from '../../topology'

/** Processes that were stopped on purpose. */
const stopped = new Set<number>()

/** Utility processes that have run, as they are called. */
const known = new Set<string>()

export function noteStopped(pid: number, isStopped: boolean): void {
  if (isStopped) stopped.add(pid)
  else stopped.delete(pid)
}

/** The processes of the nodes as they are now. One that does not run has the pid 0. */
export function listProcesses(pages: Pages): Process[] {
  const metrics = new Map(app.getAppMetrics().map((each) => [each.pid, each]))
  return (Object.keys(topology.nodes) as NodeName[]).flatMap((node) => {
    const found = find(node, [...metrics.values()], pages)
    const { many } = topology.nodes[node]
    const all: Found[] = found.length > 0 || many ? found : [{ node, pid: 0, isDead: false }]
    return all.map((each) => describe(each, metrics.get(each.pid)))
  })
}

export function pageOf({ node, key }: Peer, pages: Pages): WebContents | undefined {
  return listPages(node, pages).find((page) => pages.memberOf(page)?.key === key)
}

interface Found extends Peer {
  readonly pid: number
  readonly isDead: boolean
}

function find(node: NodeName, metrics: ProcessMetric[], pages: Pages): Found[] {
  const { kind } = topology.nodes[node]
  if (kind === 'main') return [{ node, pid: process.pid, isDead: false }]
  if (kind === 'utility-process') return findUtilities(node, metrics)
  return listPages(node, pages).map((page) => {
    const isDead = page.isCrashed()
    return { node, key: pages.memberOf(page)?.key, pid: isDead ? 0 : page.getOSProcessId(), isDead }
  })
}

function listPages(node: string, pages: Pages): WebContents[] {
  return webContents.getAllWebContents().filter((page) => pages.memberOf(page)?.node === node)
}

/** They are called after their node, and their key: see `src/main/utilities.ts`. */
function findUtilities(node: string, metrics: ProcessMetric[]): Found[] {
  const isOf = (name: string): boolean => name === node || name.startsWith(`${node} `)
  const running = metrics.filter(({ type, name = '' }) => type === 'Utility' && isOf(name))
  const pids = new Map(running.map(({ name = '', pid }) => [name, pid]))
  for (const name of pids.keys()) known.add(name)
  return [...known].filter(isOf).map((name) => {
    const key = name === node ? undefined : name.slice(node.length + 1)
    return { node, key, pid: pids.get(name) ?? 0, isDead: !pids.has(name) }
  })
}

function describe({ node, key, pid, isDead }: Found, metric: ProcessMetric | undefined): Process {
  const memory = (metric?.memory.workingSetSize ?? 0) * 1024
  const cpu = (metric?.cpu.percentCPUUsage ?? 0) / 100
  return { node, key, pid, state: stateOf(pid, isDead), memory, cpu }
}

function stateOf(pid: number, isDead: boolean): Process['state'] {
  if (pid === 0) return isDead ? 'gone' : 'absent'
  return stopped.has(pid) ? 'stopped' : 'running'
}
