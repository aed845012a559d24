import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a host is told to measure. */
export interface Task {
  name: string
  share: number
}

/** A value, nothing where the subject cannot do the case, or what went wrong. */
export interface Outcome {
  value?: number
  error?: string
}

/** One subject, connected to its other end. */
export interface Host {
  readonly subject: string
  measure(task: Task): Promise<number | undefined>
  close(): void
}

/** How long a case may take, in milliseconds, before the subject counts as stuck. */
const PATIENCE = 30_000

/** Connects `subject` over a port between two threads of a process of its own. */
export function hostInThreads(subject: string): Host {
  const child = fork(fileURLToPath(new URL('host.js', import.meta.url)), [subject])
  return {
    subject,
    async measure(task) {
      const { value, error } = await ask(child, task)
      if (error !== undefined) throw new Error(`"${subject}" failed at "${task.name}": ${error}`)
      return value
    },
    close: () => child.connected && child.disconnect(),
  }
}

function ask(child: ChildProcess, task: Task): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer)
      child.off('message', settle).off('exit', onExit)
      resolve(outcome)
    }
    const onExit = (): void => settle({ error: 'its process ended.' })
    const timer = setTimeout(settle, PATIENCE, { error: 'it did not answer in time.' })
    child.on('message', settle).on('exit', onExit)
    child.send(task)
  })
}
