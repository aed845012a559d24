/**
 * One end of a channel, untyped: everything between the port and those who ask and answer.
 *
 *   asks ────▶ Caller ┐                        ┌ Server ────▶ handlers
 *                     ├─ Outbox ─ port ═ port ─┤
 *   handlers ◀ Server ┘                        └ Caller ◀──── asks
 *
 * It may begin before its port is there: what is asked waits for that.
 */
import { PortError } from '../errors'
import { printable, printableError } from '../printable'
import { Offers } from './arguments'
import { Caller, type Line } from './caller'
import { encodeError, restoreErrorsIn } from './error-data'
import { Heartbeat } from './heartbeat'
import type { ChannelOptions } from './options'
import { Outbox } from './outbox'
import { isObject } from './plain'
import { type PortLike, listen } from './port'
import { type Message, type Offer, isMessage, readPost } from './protocol'
import { Server } from './server'
import { checkForProcess } from './to-process'
import { isMoved, transferListOf } from './transfer'
import { opened, report, watcher } from './watch'

/** For how many milliseconds the last messages of an end that is gone may still come. */
const LAST_WORDS_MS = 1000

const GONE = 'The other end of the port is gone.'

export class Conversation implements Line {
  readonly caller: Caller
  readonly closed: Promise<PortError>
  /** Resolves when there is nobody at the other end any more, though last words may still come, or it is closed. */
  readonly left: Promise<void>
  /** What this end serves. */
  readonly handlers: object
  /** How many posts came that were no messages of this kernel, or not only. */
  dropped = 0
  readonly #server: Server
  readonly #link: string | undefined
  #options: ChannelOptions = {}
  #outbox: Outbox | undefined
  /** What was asked before the port was there, by id. */
  readonly #early = new Map<unknown, Message>()
  #heartbeat: Heartbeat | undefined
  #resolveClosed!: (reason: PortError) => void
  #resolveLeft!: () => void
  #reason: PortError | undefined

  constructor(handlers: object, link: string | undefined) {
    const offers = new Offers()
    this.caller = new Caller(this, offers)
    this.#server = new Server(this, handlers, this.caller, offers)
    this.#link = link
    this.handlers = handlers
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve))
    this.left = new Promise((resolve) => (this.#resolveLeft = resolve))
  }

  /** Speaks over `port` from now on, and starts it. */
  connect(port: PortLike, options: ChannelOptions): void {
    this.#options = { ...options }
    opened?.(this, this.#options)
    this.#outbox = new Outbox(
      port,
      (message, cause) => this.#bounce(message as Message, this.#newNotCloneable(message, cause)),
      () => this.#server.goOn(),
      () => this.#stopWatching(),
    )
    if (options.heartbeat !== undefined) {
      this.#heartbeat = new Heartbeat(
        options.heartbeat,
        () => this.#say(['ping']),
        () => this.#lose('The other end of the port does not react.'),
      )
    }
    options.gone?.addEventListener('abort', this.#onGone)
    if (options.gone?.aborted) this.#onGone()
    listen(
      port,
      (data) => this.#read(data),
      () => this.#lose(GONE),
    )
    for (const message of this.#early.values()) this.#postEarly(message)
    this.#early.clear()
  }

  check(canWait: boolean): void {
    if (this.#reason) throw this.#reason
    if (this.#outbox || canWait) return
    throw new PortError('closed', `The link "${this.#link}" has no port at the moment.`)
  }

  nameOf(method: string | Offer | undefined): string {
    // The number of a stream says nothing to people.
    if (typeof method !== 'string') return 'a stream'
    return `"${this.#link === undefined ? '' : `${this.#link}.`}${printable(method)}"`
  }

  post(message: Message): void {
    if (this.#reason) return
    if (!this.#outbox) return this.#keep(message)
    const transfer = transferListOf(message)
    try {
      if (this.#options.toProcess) checkForProcess(message, transfer)
      // Nobody waits for one item of a stream alone.
      this.#outbox.send(message, transfer, message[0] === 'items')
    } catch (cause) {
      return this.#fail(message, cause)
    }
    report(this.#options, 'out', message)
  }

  postItem(stream: number, item: unknown): void {
    const isEasy = !isObject(item) || !(isMoved(item) || this.#options.toProcess)
    if (!isEasy) return this.post(['items', stream, item])
    try {
      this.#outbox?.sendItem(stream, item)
    } catch (cause) {
      return this.#fail(['items', stream], cause)
    }
    if (watcher) report(this.#options, 'out', ['items', stream, item])
  }

  get isHeldUp(): boolean {
    return this.#outbox?.isHeldUp ?? false
  }

  /** A message was not sent. Who asks for too much learns so; an answer that cannot even wait ends the channel. */
  #fail(message: readonly unknown[], cause: unknown): void {
    if (!(cause instanceof PortError)) throw this.#newNotCloneable(message, cause)
    if (isAsk(message)) throw cause
    this.#say(['close', cause.message])
    this.#lose(cause.message)
  }

  /** Says goodbye in words: outside Electron a DOM port's `close` event is not to be relied upon. */
  close(reason: string): void {
    if (this.#reason) return
    if (this.#outbox) this.post(['close', reason])
    this.end(new PortError('closed', `This end closed the port: ${reason}`))
    this.#outbox?.finish()
  }

  /** Nothing is asked or answered any more. */
  end(reason: PortError): void {
    if (this.#reason) return
    this.#reason = reason
    // First, so that a link looks for its next port before a failed caller tries again.
    this.#resolveLeft()
    this.#resolveClosed(reason)
    this.#early.clear()
    this.caller.close(reason)
    this.#server.close(reason)
  }

  /** The other end has closed, or is gone: what waits to be sent has no reader. */
  #lose(words: string): void {
    this.end(new PortError('closed', words))
    this.#outbox?.discard()
  }

  /** What it said before may still be on its way, by the port. */
  readonly #onGone = (): void => {
    this.#resolveLeft()
    setTimeout(() => this.#lose(GONE), LAST_WORDS_MS)
  }

  /** The port is closed: until then last words may wait for an end that is gone by now. */
  #stopWatching(): void {
    this.#heartbeat?.stop()
    this.#options.gone?.removeEventListener('abort', this.#onGone)
  }

  #keep(message: Message): void {
    const [kind, id] = message
    if (kind === 'cancel') this.#early.delete(id)
    else this.#early.set(id, message)
  }

  #postEarly(message: Message): void {
    try {
      this.post(message)
    } catch (error) {
      this.#bounce(message, error as PortError)
    }
  }

  /** A message was not sent after all: whoever waits for it learns so. Returns what goes in its place. */
  #bounce(message: Message, error: PortError): Message | undefined {
    switch (message[0]) {
      case 'call':
      case 'stream':
        this.caller.fail(message[1], error)
        return undefined
      case 'result':
      case 'items':
        this.#server.stop(message[1], error)
        return ['error', message[1], encodeError(error)]
      case 'error':
      case 'cancel':
        return [message[0], message[1], encodeError(error)]
      default:
        console.error(printableError(error))
        return undefined
    }
  }

  /** About the channel itself. */
  #say(message: Message): void {
    this.#outbox?.sendAside(message)
    report(this.#options, 'out', message)
  }

  #read(data: unknown): void {
    this.#heartbeat?.heard()
    if (readPost(data, (message) => this.#receive(message))) return
    // Somebody may wait for what was in it.
    if (data === null) this.#say(['unread'])
    this.dropped += 1
    report(this.#options, 'in', ['dropped'])
  }

  /** Returns false for what the other end had no right to send. */
  #receive(message: Message): boolean {
    if (message[0] === 'carried') {
      const [, errors, ...carried] = message
      const isGood = carried[0] !== 'carried' && isMessage(carried)
      return isGood && this.#receive(restoreErrorsIn(carried, errors))
    }
    const isClosed = this.#reason !== undefined
    // The mark of a large message is part of it.
    if (!isClosed && message[0] !== 'large') report(this.#options, 'in', message)
    switch (message[0]) {
      // These four are heard after the close of this end, too, while its last words are on their way.
      case 'large':
        this.#say(['got'])
        break
      case 'got':
      case 'unread':
        this.#outbox?.confirm(message[0] === 'got')
        break
      case 'close':
        this.#lose(`The other end closed the port: ${printable(message[1])}`)
        break
      case 'ping':
        if (!isClosed) this.#say(['pong'])
        break
      case 'pong':
        break
      case 'result':
      case 'items':
      case 'end':
      case 'error':
        return isClosed || this.caller.receive(message)
      default:
        if (!isClosed) this.#server.receive(message)
    }
    return true
  }

  #newNotCloneable(message: readonly unknown[], cause: unknown): PortError {
    const [kind, id, method] = message as [string, number, string]
    const what = isAsk(message)
      ? this.nameOf(kind === 'notify' ? String(id) : method)
      : `An answer to ${this.nameOf(this.#server.methodOf(id))}`
    const words = `${what} was not sent, for it cannot cross this port: ${String(cause)}`
    return new PortError('not-cloneable', words, { cause })
  }
}

function isAsk([kind]: readonly unknown[]): boolean {
  return kind === 'call' || kind === 'stream' || kind === 'notify'
}
