import { DESK, type Desk, type Process, VIEW } from '../../../live/contract'
import type { Log } from '../../../live/log'
import { type PagePorts, ports } from '../../../ports/handoff/page'
import { Link } from '../../../ports/link'
import { nameOf } from '../words'

type DeskPorts = PagePorts<{
  opens: Record<typeof DESK, { asks: Desk; serves: Record<string, never> }>
  accepts: Record<typeof VIEW, { asks: object; serves: object }>
}>

/** Which processes there are, as main says. */
export class Processes {
  readonly desk = new Link(ports as unknown as DeskPorts, DESK)
  readonly #log: Log
  readonly #announce: (text: string) => void
  #all: Process[] = []
  /** How often each has been started, by its name. */
  readonly #starts = new Map<string, number>()

  /** @param announce  Says what has happened to a node. */
  constructor(log: Log, announce: (text: string) => void) {
    this.#log = log
    this.#announce = announce
    void this.#follow()
  }

  of(node: string): Process[] {
    return this.#all.filter((each) => each.node === node)
  }

  /** Since this window is open. */
  restartsOf(process: Process): number {
    return Math.max(0, (this.#starts.get(nameOf(process)) ?? 0) - 1)
  }

  async #follow(): Promise<void> {
    for (;;) {
      try {
        for await (const processes of this.desk.stream.watch(new AbortController().signal)) {
          this.#note(processes)
        }
      } catch {
        // Main is gone, and this page with it.
      }
    }
  }

  #note(processes: Process[]): void {
    const before = this.#all
    this.#all = processes
    for (const process of processes) {
      const name = nameOf(process)
      const was = before.find((each) => nameOf(each) === name)
      const starts = this.#starts.get(name) ?? 0
      const isNew = process.pid !== 0 && process.pid !== was?.pid
      if (isNew) this.#starts.set(name, starts + 1)
      for (const what of before.length > 0 ? changesOf(was, process, starts) : []) {
        this.#log.addEvent(process, what)
        this.#announce(`${name} ${what}`)
      }
    }
  }
}

/** What has happened to a process since it was looked at last. */
function changesOf(was: Process | undefined, { pid, state }: Process, starts: number): string[] {
  if (was?.pid === pid && was.state === state) return []
  if (state === 'gone') return was ? ['is lost'] : []
  if (state === 'absent') return was ? ['has ended'] : []
  if (state === 'stopped') return [`is stopped, process ${pid}`]
  if (was?.pid === pid) return [`goes on, process ${pid}`]
  const runs = starts > 0 ? `runs again, process ${pid}` : `runs, process ${pid}`
  return was?.pid ? ['is lost', runs] : [runs]
}
