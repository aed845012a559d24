import type { Part } from '../../ports/cases/meet.ts'

/** What main tells a process to do with the port that comes with it. */
export interface Order {
  id: number
  part: Part
  /** The one in a page who is told: the page itself, or its dedicated worker. */
  to: 'page' | 'worker'
  /** Whether ports of main and of utility processes are used by `checkedPort`, as they should be. */
  isChecked: boolean
}

/** What came of an order. */
export interface Outcome {
  id: number
  outcome: string
}
