import { PortError } from '../errors'
import { type Ask, type HandoffBridge, type Reply, ipc } from './handoff'

/** How a process comes by its ports: the same in pages, in utility processes and in main. */
export interface Ports<Port = unknown> {
  /**
   * Asks for this node's end of `link`, and waits until the other node is there to take the other end.
   *
   * @throws {PortError} `refused` when `src/topology.ts` has no such link from this node; `unavailable`
   *   when this node has asked for too many, or the port was lost on its way.
   * @throws the signal's reason when it aborts first; the request is then withdrawn.
   */
  request(link: string, signal?: AbortSignal): Promise<Grant<Port>>

  /**
   * Takes this node's end of `link` from now on: `onPort` is called with a port of its own for every
   * node that opens the link. A port that nobody starts keeps its messages.
   *
   * @returns how to stop accepting; ports that were handed out live on.
   */
  accept(link: string, onPort: (grant: Grant<Port>) => void): () => void
}

export interface Grant<Port> {
  port: Port
  /** Which port of its link it is: 1 for the first since the app started, then 2, … */
  generation: number
  /** True when the other end is not a page: see `to-process.ts`. */
  toProcess: boolean
}

/** The asking half of the hand-off: remembers what was asked for until it is answered. */
export class HandoffClient<Port extends { close(): void }> implements Ports<Port> {
  readonly #bridge: HandoffBridge
  /** Who waits for a reply, by nonce. */
  readonly #waiting = new Map<string, (reply: Reply, port: Port | undefined) => void>()

  constructor(bridge: HandoffBridge) {
    this.#bridge = bridge
  }

  request(link: string, signal?: AbortSignal): Promise<Grant<Port>> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const ask = newAsk(link)
      const settle = (): void => {
        this.#waiting.delete(ask.nonce)
        signal?.removeEventListener('abort', abort)
      }
      const abort = (): void => {
        settle()
        this.#bridge.withdraw(ask.nonce)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort)
      this.#waiting.set(ask.nonce, (reply, port) => {
        settle()
        const grant = toGrant(reply, port)
        if (grant instanceof PortError) reject(grant)
        else resolve(grant)
      })
      this.#bridge.open(ask)
    })
  }

  accept(link: string, onPort: (grant: Grant<Port>) => void): () => void {
    const ask = newAsk(link)
    this.#waiting.set(ask.nonce, (reply, port) => {
      const grant = toGrant(reply, port)
      if (grant instanceof PortError) console.error(grant)
      else onPort(grant)
    })
    this.#bridge.accept(ask)
    return () => {
      if (this.#waiting.delete(ask.nonce)) this.#bridge.withdraw(ask.nonce)
    }
  }

  /** Main has answered. A port that nobody here asked for is closed, which tells the other end. */
  receive(reply: Reply, port: Port | undefined): void {
    const answer = this.#waiting.get(reply.nonce)
    if (answer) answer(reply, port)
    else port?.close()
  }
}

function newAsk(link: string): Ask {
  return { link, nonce: crypto.randomUUID() }
}

function toGrant<Port>(reply: Reply, port: Port | undefined): Grant<Port> | PortError {
  if (reply.type === ipc.refuse) return new PortError(reply.code, reply.reason)
  if (!port) return new PortError('unavailable', 'Main granted the link, but the port was lost.')
  return { port, generation: reply.generation, toProcess: reply.toProcess }
}
