import type { MessagePortMain } from 'electron'
import type { Member } from './member'

/** Who is told. */
interface Watcher {
  readonly member: Member
  /** Of whom it is told. */
  readonly node: string
  readonly port: MessagePortMain
  /** It has not yet answered what it was told last: more would only fill its memory. */
  isReading: boolean
  /** What it was told last is no longer so. */
  isBehind: boolean
}

/** How many lists one member may watch. */
const MAX_WATCHED = 64

/** Who is there, of the nodes of which there are many, and who is told of it. */
export class Presence {
  /** In the order in which they came. */
  readonly #there = new Set<Member>()
  readonly #watchers = new Set<Watcher>()

  /** A member has a document, or a process, that can be spoken to. It may have had one before. */
  enter(member: Member): void {
    if (member.key === undefined || this.#there.has(member)) return
    this.#there.add(member)
    this.#tellAll(member.node)
  }

  /** It has none any more. */
  leave(member: Member): void {
    if (this.#there.delete(member)) this.#tellAll(member.node)
  }

  /**
   * Tells a member over `port` who of `node` is there, from now on: itself, it knows.
   *
   * @returns false when it is told more than it can need.
   */
  watch(member: Member, node: string, port: MessagePortMain): boolean {
    const watched = [...this.#watchers].filter((each) => each.member === member)
    if (watched.length >= MAX_WATCHED) return false
    const watcher = { member, node, port, isReading: false, isBehind: false }
    this.#watchers.add(watcher)
    port.on('message', () => {
      watcher.isReading = false
      if (watcher.isBehind) this.#tell(watcher)
    })
    port.on('close', () => this.#watchers.delete(watcher))
    port.start()
    this.#tell(watcher)
    return true
  }

  /** Nobody reads any more what a member was told: its document or process is another by now, or gone. */
  forget(member: Member): void {
    for (const watcher of this.#watchers) {
      if (watcher.member !== member) continue
      this.#watchers.delete(watcher)
      watcher.port.close()
    }
  }

  #tellAll(node: string): void {
    for (const watcher of this.#watchers) if (watcher.node === node) this.#tell(watcher)
  }

  #tell(watcher: Watcher): void {
    watcher.isBehind = watcher.isReading
    if (watcher.isReading) return
    watcher.isReading = true
    watcher.port.postMessage(this.#keysFor(watcher), [])
  }

  #keysFor({ node, member }: Watcher): string[] {
    const others = [...this.#there].filter((each) => each.node === node && each !== member)
    return [...new Set(others.flatMap(({ key }) => key ?? []))]
  }
}
