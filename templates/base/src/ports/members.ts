/**
 * Who is there, of a node of which there are many: told by main, to the nodes that have a link to it.
 */
import { type PortLike, listen } from './channel/port'
import { membersOf } from './handoff/handoff'
import { type Ports, tell } from './handoff/handoff-client'
import type { ManyIn, NodeLinks } from './links'

export interface Members {
  /**
   * The keys of those who are there, in the order in which they came: they have a document, or a process. One that is
   * reloaded stays; one that has crashed is back when it runs again. Where a member watches its siblings, it is not one
   * of them.
   */
  readonly keys: readonly string[]
  /** Calls `listener` whenever {@link keys} changes. Returns how to stop that. */
  onChange(listener: (change: Change) => void): () => void
  /** Ends the watch. {@link keys} stays as it is. */
  close(): void
}

/** The keys of those who came, and of those who went. */
export interface Change {
  came: string[]
  went: string[]
}

/**
 * Watches who is there of `node`.
 *
 * @param signal  Ends the watch, as `close` does.
 * @throws {PortError} `refused` when this node has no link to that one in `src/topology.ts`; `unavailable` when it
 *   watches too many.
 * @throws the signal's reason when it aborts first.
 * @example
 * const documents = await members(ports, 'document')
 * documents.onChange(() => show(documents.keys))
 */
export async function members<Links extends NodeLinks>(
  ports: Ports<PortLike, Links>,
  node: ManyIn<Links['opens']>,
  signal?: AbortSignal,
): Promise<Members> {
  const { port } = await (ports as Ports<PortLike>).request(membersOf(node), signal)
  const list = new MemberList(node, port)
  const close = (): void => list.close()
  signal?.addEventListener('abort', close)
  void list.closed.then(() => signal?.removeEventListener('abort', close))
  if (signal?.aborted) close()
  await list.isKnown
  signal?.throwIfAborted()
  return list
}

/**
 * Opens something for each who is there of `node`, and for each who comes; and closes it when that one goes, or the watch
 * ends.
 *
 * @param signal  Ends the watch.
 * @throws as {@link members} does.
 * @example
 * await eachMember(ports, 'document', (to) => new Link(ports, 'view', {}, { to }))
 */
export async function eachMember<Links extends NodeLinks>(
  ports: Ports<PortLike, Links>,
  node: ManyIn<Links['opens']>,
  open: (key: string) => { close(): void },
  signal?: AbortSignal,
): Promise<void> {
  const opened = new Map<string, { close(): void }>()
  const close = (key: string): void => {
    opened.get(key)?.close()
    opened.delete(key)
  }
  const list = await members(ports, node, signal)
  const follow = ({ came, went }: Change): void => {
    went.forEach(close)
    for (const key of came) opened.set(key, open(key))
  }
  follow({ came: [...list.keys], went: [] })
  list.onChange(follow)
  signal?.addEventListener('abort', () => [...opened.keys()].forEach(close), { once: true })
}

class MemberList implements Members {
  keys: readonly string[] = []
  readonly closed: Promise<void>
  /** Resolves once main has told who is there, or the watch has ended. */
  readonly isKnown: Promise<void>
  #resolveClosed!: () => void
  readonly #node: string
  readonly #port: PortLike
  readonly #listeners = new Set<(change: Change) => void>()
  #isClosed = false

  constructor(node: string, port: PortLike) {
    this.#node = node
    this.#port = port
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve))
    this.isKnown = new Promise((resolve) => {
      const read = (keys: unknown): void => {
        this.#read(keys as string[])
        resolve()
      }
      listen(port, read, () => this.close())
      void this.closed.then(resolve)
    })
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    this.#port.close()
    this.#resolveClosed()
  }

  #read(keys: string[]): void {
    if (this.#isClosed) return
    // Main tells the next only then.
    this.#port.postMessage('read', [])
    const before = this.keys
    this.keys = keys
    const came = keys.filter((key) => !before.includes(key))
    const went = before.filter((key) => !keys.includes(key))
    if (came.length + went.length === 0) return
    for (const listener of this.#listeners)
      tell(membersOf(this.#node), () => listener({ came, went }))
  }
}
