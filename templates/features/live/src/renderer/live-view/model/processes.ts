import { DESK, type Desk, type Place, type Process, VIEW } from '../../../live/contract'
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

  /** @param key  Of one of many; all of them, unless given. */
  of({ node, key }: Place): Process[] {
    return this.#all.filter((each) => each.node === node && (key === undefined || each.key === key))
  }

  /** Since this window is open. */
  restartsOf(place: Place): number {
    return Math.max(0, (this.#starts.get(nameOf(place)) ?? 0) - 1)
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
    const news: string[] = []
    const tell = ({ node, key }: Place, what: string): void => {
      this.#log.addEvent({ node, key }, what)
      news.push(`${nameOf({ node, key })} ${what}`)
    }
    this.#all = processes
    for (const process of processes) {
      const name = nameOf(process)
      const was = before.find((each) => nameOf(each) === name)
      const starts = this.#starts.get(name) ?? 0
      const isNew = process.pid !== 0 && process.pid !== was?.pid
      if (isNew) this.#starts.set(name, starts + 1)
      for (const what of before.length > 0 ? changesOf(was, process, starts) : []) {
        tell(process, what)
      }
    }
    const names = new Set(processes.map(nameOf))
    for (const process of before) {
      if (names.has(nameOf(process))) continue
      // One of many, that was closed: when there is another of its name, that is no restart.
      this.#starts.delete(nameOf(process))
      tell(process, 'has ended')
    }
    // At once: of two that follow each other only the last would be read out.
    if (news.length > 0) this.#announce(news.join('. '))
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
