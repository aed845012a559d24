import { type ProcessMetric, app } from 'electron'
import type { Figure, ProcessFigure } from '../../contracts/figures'

/**
 * For how long a reading serves all who ask, in milliseconds: Electron counts processor time from one
 * reading to the next, and a flood of requests costs no more than one.
 */
const FRESH_MS = 50

let last: { figure: Figure; readAt: number } | undefined

/** What the app's processes use at the moment. */
export function readFigure(): Figure {
  const now = performance.now()
  if (!last || now - last.readAt > FRESH_MS) {
    const processes = app.getAppMetrics().map(toFigure)
    last = { figure: { at: Date.now(), processes }, readAt: now }
  }
  return last.figure
}

function toFigure({ pid, type, name, serviceName, memory, cpu }: ProcessMetric): ProcessFigure {
  return {
    pid,
    kind: name ?? serviceName ?? type,
    memory: memory.workingSetSize * 1024,
    cpu: cpu.percentCPUUsage,
  }
}
