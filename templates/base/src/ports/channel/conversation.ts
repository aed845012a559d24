/**
 * One end of a channel, untyped: everything between the port and those who ask and answer.
 *
 *   asks ────▶ Caller ┐                        ┌ Server ────▶ handlers
 *                     ├─ Outbox ─ port ═ port ─┤
 *   handlers ◀ Server ┘                        └ Caller ◀──── asks
 */
import { Caller } from './caller'
import type { ChannelOptions } from './channel'
import { PortError } from '../errors'
import { encodeError } from './error-data'
import { type Heartbeat, startHeartbeat } from './heartbeat'
import { observer, report } from './observer'
import { Outbox } from './outbox'
import { type PortLike, listen } from './port'
import { type Message, readPost } from './protocol'
import { Server } from './server'
import { checkForProcess } from './to-process'
import { transferListOf } from './transfer'

/** For how many milliseconds the last messages of an end that is gone may still come. */
const LAST_WORDS_MS = 1000

export class Conversation {
  readonly caller: Caller
  readonly closed: Promise<PortError>
  readonly #port: PortLike
  readonly #options: ChannelOptions
  readonly #outbox: Outbox
  readonly #server: Server
  readonly #heartbeat: Heartbeat | undefined
  #resolveClosed!: (reason: PortError) => void
  #isClosed = false
  #dropped = 0

  /** What it said before may still be on its way, by the port. */
  readonly #onGone = (): void => {
    setTimeout(() => {
      if (!this.#isClosed) this.#lose('The other end of the port is gone.')
    }, LAST_WORDS_MS)
  }

  constructor(port: PortLike, handlers: object, options: ChannelOptions) {
    const post = (message: Message): void => this.#post(message)
    this.#port = port
    this.#options = options
    this.#outbox = new Outbox(port, (message, error) => this.#bounce(message as Message, error))
    this.#server = new Server(post, handlers, (offer) => this.caller.read(offer))
    this.caller = new Caller(post, this.#server)
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve))
    if (options.heartbeat !== undefined) {
      this.#heartbeat = startHeartbeat(options.heartbeat, {
        ping: () => this.#say(['ping']),
        onSilence: () => this.#lose('The other end of the port does not react.'),
      })
    }
    options.gone?.addEventListener('abort', this.#onGone)
    listen(
      port,
      (data) => this.#read(data),
      () => this.#lose('The other end of the port is gone.'),
    )
  }

  get dropped(): number {
    return this.#dropped
  }

  /** Says goodbye in words: outside Electron a DOM port's `close` event is not to be relied upon. */
  close(reason: string): void {
    if (this.#isClosed) return
    this.#post(['close', reason])
    this.#end(new PortError('closed', `This end closed the port: ${reason}`))
    this.#outbox.finish(() => this.#port.close())
  }

  /** The other end has closed, or is gone: what waits to be sent has no reader. */
  #lose(words: string): void {
    this.#outbox.discard()
    this.#end(new PortError('closed', words))
    this.#port.close()
  }

  #end(reason: PortError): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#heartbeat?.stop()
    this.#options.gone?.removeEventListener('abort', this.#onGone)
    // First, so that a link looks for its next channel before a failed caller tries again.
    this.#resolveClosed(reason)
    this.caller.close(reason)
    this.#server.close(reason)
  }

  #post(message: Message): void {
    if (this.#isClosed) return
    const transfer = transferListOf(message)
    if (this.#options.toProcess) checkForProcess(message, transfer)
    // Nobody waits for one item of a stream alone.
    this.#outbox.send(message, transfer, message[0] === 'items')
    this.#report('out', message)
  }

  /** A message was not sent after all: whoever waits for it learns so. Returns what goes in its place. */
  #bounce(message: Message, cause: unknown): Message | undefined {
    const error = new PortError('not-cloneable', `It cannot cross this port: ${String(cause)}`, {
      cause,
    })
    switch (message[0]) {
      case 'call':
      case 'stream':
        this.caller.fail(message[1], error)
        return undefined
      case 'result':
      case 'items':
        this.#server.stop(message[1], error)
        return ['error', message[1], encodeError(error)]
      default:
        console.error(error)
        return undefined
    }
  }

  /** About the channel itself. */
  #say(message: Message): void {
    this.#outbox.sendAside(message)
    this.#report('out', message)
  }

  #read(data: unknown): void {
    this.#heartbeat?.heard()
    if (readPost(data, (message) => this.#receive(message))) return
    this.#dropped += 1
    this.#report('in', ['dropped'])
  }

  /** Returns false for what the other end had no right to send. */
  #receive(message: Message): boolean {
    // The mark of a large message is part of it.
    if (!this.#isClosed && message[0] !== 'large') this.#report('in', message)
    // Heard after the close of this end, too, while its last words are on their way.
    switch (message[0]) {
      case 'large':
        this.#say(['got'])
        return true
      case 'got':
        this.#outbox.confirm()
        return true
      case 'close':
        this.#lose(`The other end closed the port: ${message[1]}`)
        return true
    }
    return this.#isClosed || this.#serve(message)
  }

  #serve(message: Exclude<Message, ['large'] | ['got'] | ['close', string]>): boolean {
    switch (message[0]) {
      case 'result':
      case 'items':
      case 'end':
      case 'error':
        return this.caller.receive(message)
      case 'ping':
        this.#say(['pong'])
        return true
      case 'pong':
        return true
      default:
        this.#server.receive(message)
        return true
    }
  }

  #report(direction: 'in' | 'out', message: Message | ['dropped']): void {
    if (!observer) return
    const { link = '', generation = 0 } = this.#options
    const isAnswer = direction === 'in' && ['result', 'items', 'end', 'error'].includes(message[0])
    const latency = isAnswer ? this.caller.ageOf(message[1] as number) : undefined
    report({ link, generation, direction }, message, latency)
  }
}
