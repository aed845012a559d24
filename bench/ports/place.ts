import type { ChildProcess } from 'node:child_process'
import type { Outcome, Task } from './cases.ts'

/** Where the two ends of a port are. */
export interface Place {
  /** As in "Calls and streams over a port between …". */
  readonly name: string
  /** What it runs on. */
  readonly engine: string
  /** Whether a library may fail there without failing the bench: it is not what it was made for. */
  readonly isForeign: boolean
  /** Connects a subject over a port of its own. */
  open(subject: string): Promise<Host>
  close(): Promise<void>
}

/** One subject, connected to its other end. */
export interface Host {
  readonly subject: string
  /** @returns undefined where the subject cannot do the case. */
  measure(task: Task): Promise<number | undefined>
  close(): void
}

/** How long a case may take, in milliseconds, before the subject counts as stuck. */
const PATIENCE = 30_000

let lastId = 0

/** Has a child process do something, which it answers under the same id. */
export function ask(child: ChildProcess, order: object): Promise<Outcome> {
  return new Promise((resolve) => {
    lastId += 1
    const id = lastId
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      resolve(outcome)
    }
    const onMessage = (answer: Outcome & { id: number }): void => {
      if (answer.id === id) settle(answer)
    }
    const onExit = (): void => settle({ error: 'its process ended.' })
    const timer = setTimeout(settle, PATIENCE, { error: 'it did not answer in time.' })
    child.on('message', onMessage).on('exit', onExit)
    if (child.connected) child.send({ ...order, id })
    else onExit()
  })
}

/** @throws what went wrong. */
export function valueOf({ value, error }: Outcome): number | undefined {
  if (error !== undefined) throw new Error(error)
  return value
}
