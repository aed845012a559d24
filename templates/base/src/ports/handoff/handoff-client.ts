import { PortError } from '../errors'
import type { NameIn, NodeLinks } from '../links'
import {
  type Answer,
  type Ask,
  type HandoffBridge,
  type Peer,
  type Reply,
  fromMain,
} from './handoff'

/**
 * How a process comes by its ports: the same in pages, in utility processes and in main.
 *
 * @typeParam Links  Those of its node, such as `LinksOf<'app'>` of `src/topology.ts`; any, unless given.
 */
export interface Ports<Port = unknown, Links extends NodeLinks = NodeLinks> {
  /**
   * Asks for this node's end of `link`, and waits until the other node is there to take the other end.
   *
   * @throws {PortError} `refused` when `src/topology.ts` has no such link from this node; `unavailable`
   *   when this node has asked for too many, or the port was lost on its way; `down` when the other node has failed
   *   too often to be started again by itself.
   * @throws the signal's reason when it aborts first; the request is then withdrawn.
   */
  request(link: NameIn<Links['opens']>, signal?: AbortSignal, wish?: Wish): Promise<Grant<Port>>

  /**
   * Takes this node's end of `link` from now on: `onPort` is called with a port of its own for every
   * node that opens the link. A port that nobody starts keeps its messages. When `onPort` throws, that is
   * shown and the port closed. Where several accept one link, the last of them has it; when it stops, the one before.
   *
   * @returns how to stop accepting; ports that were handed out live on.
   */
  accept(link: NameIn<Links['accepts']>, onPort: (grant: Grant<Port>) => void): () => void
}

/** What is asked for beside the link. */
export type Wish = Pick<Ask, 'to' | 'again'>

export interface Grant<Port> {
  port: Port
  peer: Peer
  /** Which port of its link it is: 1 for the first since the app started, then 2, … */
  generation: number
  /** True when the other end is not a page: see `to-process.ts`. */
  toProcess: boolean
  /** Aborts when main sees that the other end has gone: the port's own `close` does not always come. */
  gone: AbortSignal
}

/** Of how many ports it is remembered how to tell that they are gone. */
const MAX_REMEMBERED = 1000

const NO_BRIDGE = 'This window has no hand-off: it was opened without the preload of this app.'

type OnAnswer<Port> = (answer: Grant<Port> | PortError) => void

/** The asking half of the hand-off: remembers what was asked for until it is answered. */
export class HandoffClient<Port extends { close(): void }> implements Ports<Port> {
  readonly #bridge: HandoffBridge | undefined
  /** Who waits for a reply, by nonce. */
  readonly #waiting = new Map<string, OnAnswer<Port>>()
  /** Of the ports that were granted, by nonce and generation. */
  readonly #gone = new Map<string, AbortController>()

  /** @param bridge  Undefined in a page without the preload, which then says so to whoever asks. */
  constructor(bridge: HandoffBridge | undefined) {
    this.#bridge = bridge
  }

  request(link: string, signal?: AbortSignal, wish?: Wish): Promise<Grant<Port>> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = (): void => {
        withdraw()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      const onAnswer: OnAnswer<Port> = (answer) => {
        signal?.removeEventListener('abort', abort)
        if (answer instanceof PortError) reject(answer)
        else resolve(answer)
      }
      const withdraw = this.#ask('open', link, onAnswer, wish)
    })
  }

  accept(link: string, onPort: (grant: Grant<Port>) => void): () => void {
    return this.#ask('accept', link, (answer) => {
      if (answer instanceof PortError) console.error(answer)
      else tell(link, () => onPort(answer), answer.port)
    })
  }

  /** Main has spoken. A port that nobody here asked for is closed, which tells the other end. */
  receive(reply: Reply, port: Port | undefined): void {
    if (reply.type === fromMain.gone) return this.#gone.get(keyOf(reply))?.abort()
    const onAnswer = this.#waiting.get(reply.nonce)
    if (reply.type === fromMain.waiting) return onAnswer && console.warn(reply.reason)
    if (onAnswer) onAnswer(this.#toGrant(reply, port))
    else port?.close()
  }

  /** Returns how to withdraw it. */
  #ask(how: 'open' | 'accept', link: string, onAnswer: OnAnswer<Port>, wish?: Wish): () => void {
    if (!this.#bridge) {
      onAnswer(new PortError('refused', NO_BRIDGE))
      return () => {}
    }
    const nonce = crypto.randomUUID()
    this.#waiting.set(nonce, (answer) => {
      if (how === 'open') this.#waiting.delete(nonce)
      onAnswer(answer)
    })
    this.#bridge[how]({ ...wish, link, nonce })
    return () => {
      if (this.#waiting.delete(nonce)) this.#bridge?.withdraw(nonce)
    }
  }

  #toGrant(answer: Answer, port: Port | undefined): Grant<Port> | PortError {
    if (answer.type === fromMain.refuse) return new PortError(answer.code, answer.reason)
    if (!port) return new PortError('unavailable', 'Main granted the link, but the port was lost.')
    const { generation, toProcess, peer } = answer
    const controller = new AbortController()
    this.#gone.set(keyOf(answer), controller)
    const [oldest = ''] = this.#gone.keys()
    if (this.#gone.size > MAX_REMEMBERED) this.#gone.delete(oldest)
    return { port, generation, toProcess, peer, gone: controller.signal }
  }
}

function keyOf({ nonce, generation }: { nonce: string; generation: number }): string {
  return `${nonce} ${generation}`
}

/** Calls a listener. What fails there is shown, and fails nothing here but the port it was to take. */
export function tell(link: string, listener: () => void, port?: { close(): void }): void {
  try {
    listener()
  } catch (error) {
    port?.close()
    console.error(`A listener of the link "${link}" failed:`, error)
  }
}
