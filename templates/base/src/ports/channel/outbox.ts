/**
 * What goes out by a port, in order, and in as few posts as help.
 *
 *   send ─┬─ first of a tick ───────────────────────────────────────────▶ post
 *         ├─ others of it ───────▶ [ batch, leaves when it is full or the tick at rest ] ─▶ post
 *         └─ large, and enough of them unread ─▶ [ backlog, one leaves for each that was read ]
 *
 * Whatever has to wait is a copy: a message says what was true when it was sent.
 *
 * A large message is posted by itself, and remembered until the other end says what became of it: posts arrive in
 * order, so the first word on one is about the oldest. Only what is plain is sure to be read, and needs no word.
 */
import { Batch } from './batch'
import { encodeErrorsIn } from './error-data'
import { Load } from './load'
import {
  LARGE_BYTES,
  type PlainCopy,
  SHARED_BYTES,
  copyParts,
  copyPlain,
  cut,
  isObject,
  sizeOf,
} from './plain'
import type { PortLike } from './port'
import { type ErrorData, MAX_PARTS } from './protocol'
import { inNextTask } from './task'
import { NOTHING_MOVES } from './to-process'

/** How many turns of the microtask queue without a message mean that a tick has come to rest. */
const RESTFUL_TURNS = 5

/** How many large messages may be unread. Every channel has room for one, however busy the others are. */
const MAX_UNREAD = { ofChannel: 8, ofProcess: 32 }

let unreadOfProcess = 0

const settled = Promise.resolve()

/** Follows a large message, and asks for a word when it was read. A post that cannot be read is a word in itself. */
const LARGE_MARK = [1, 'large']

interface Letter {
  message: readonly unknown[]
  transfer: object[]
  /** What a clone loses of the errors in it. */
  errors: ErrorData[]
  /** It does not wait any more. */
  putDown(): void
}

/**
 * Called with a message that had to wait, and that the port then did not take, or with the beginning of one that
 * the other end could not read: a message with shared memory is either. Returns what goes in its place, if anything.
 */
type OnRefused = (message: readonly unknown[], error: unknown) => readonly unknown[] | undefined

export class Outbox {
  readonly #port: PortLike
  readonly #onRefused: OnRefused
  readonly #onRoom: () => void
  readonly #onClosed: () => void
  readonly #batch = new Batch()
  /** Until this tick counts as over; 0 before its first message. */
  #turnsLeft = 0
  /** A post was full of items before the tick was over. */
  #isFlood = false
  #backlog: Letter[] = []
  readonly #load = new Load()
  /** The large messages that the other end has not read yet, without what makes them large. */
  #unread: (readonly unknown[])[] = []
  /** Nothing will be sent any more: once the backlog is empty the port can close. */
  #isLast = false

  /**
   * Microtasks, for they are what a tick is made of, and come before whatever the tick awaits. To wait
   * for the end of a flood they cost too much: it ends with its task, and its posts are full.
   */
  readonly #waitForRest = (): void => {
    if (this.#isFlood) return inNextTask(this.#endTick)
    this.#turnsLeft -= 1
    if (this.#turnsLeft === 0 && this.#flush()) this.#turnsLeft = RESTFUL_TURNS
    if (this.#turnsLeft > 0) void settled.then(this.#waitForRest)
  }

  readonly #endTick = (): void => {
    this.#isFlood = false
    this.#turnsLeft = 0
    this.#flush()
  }

  /** @param onRoom  Nothing waits any more: who had rather not add to it can go on. */
  constructor(port: PortLike, onRefused: OnRefused, onRoom: () => void, onClosed: () => void) {
    this.#port = port
    this.#onRefused = onRefused
    this.#onRoom = onRoom
    this.#onClosed = onClosed
  }

  /** What is sent now waits behind large messages. */
  get isHeldUp(): boolean {
    return this.#backlog.length > 0
  }

  /**
   * Sends a message after all that were sent before it.
   *
   * @param isPatient  True when nobody waits for this message alone: it need not be first.
   * @throws {PortError} `too-much` when more waits than may.
   * @throws what the port throws when something in it cannot be cloned. The port lives on.
   */
  send(message: readonly unknown[], transfer: object[] = [], isPatient = false): void {
    if (message.length > MAX_PARTS) throw new RangeError('it has too many parts.')
    // Asked before a copy that has to wait would take them along.
    if (transfer.length > 0 && !('addEventListener' in this.#port)) {
      throw new TypeError(NOTHING_MOVES)
    }
    try {
      this.#queue(message, transfer, isPatient)
    } catch (error) {
      // What the ports of main refuse closes them as well, before Electron 32: there is no second try.
      if (!('addEventListener' in this.#port)) throw error
      // Reactive state is made of proxies. When it is small it was copied, and so it is when it is large.
      this.#queue(copyParts(message), transfer, isPatient)
    }
  }

  #queue(message: readonly unknown[], transfer: object[], isPatient: boolean): void {
    if (this.isHeldUp || !this.#post(message, transfer, isPatient)) this.#keep(message, transfer)
  }

  /**
   * Sends an item of a stream. In a flood most are small and plain, and come after others of the same stream: such
   * a one costs little.
   */
  sendItem(stream: number, item: unknown): void {
    const isNext = this.#batch.isOf(stream) && !this.isHeldUp
    const plain = isNext ? copyItem(item) : undefined
    if (!plain || plain.bytes > SHARED_BYTES || !this.#batch.hasRoomFor(plain.bytes)) {
      return this.send(['items', stream, plain ? plain.values[0] : item], [], true)
    }
    this.#batch.addItem(plain.values[0], plain.bytes)
    this.#turnsLeft = RESTFUL_TURNS
    if (this.#batch.isFull) this.#isFlood = this.#flush()
  }

  /** Says something about the channel itself, whatever waits here: the other end may wait for it. */
  sendAside(message: readonly unknown[]): void {
    this.#share(message, 0, true)
  }

  /** The other end has read a large message, or cannot. */
  confirm(isRead: boolean): void {
    const message = this.#unread.shift()
    if (!message) return
    unreadOfProcess -= 1
    if (!isRead) this.#replace(message, new TypeError('the other end cannot read it.'))
    if (!this.#postBacklog()) return
    this.#flush()
    if (this.#isLast) this.discard()
    else this.#onRoom()
  }

  /** Posts what waits, and closes the port once nothing does. */
  finish(): void {
    this.#isLast = true
    this.#flush()
    if (!this.isHeldUp) this.discard()
  }

  /** Forgets what waits, for nobody is left to read it, and closes the port. */
  discard(): void {
    unreadOfProcess -= this.#unread.length
    this.#unread = []
    this.#backlog = []
    this.#flush()
    this.#port.close()
    this.#onClosed()
  }

  /** Returns false when it has to wait. */
  #post(
    message: readonly unknown[],
    transfer: object[],
    isPatient = false,
    errors?: ErrorData[],
  ): boolean {
    const plain = transfer.length > 0 ? undefined : copyPlain(message)
    if (!plain) return this.#postAlone(message, transfer, errors)
    if (plain.bytes <= SHARED_BYTES) {
      this.#share(plain.values, plain.bytes, isPatient)
      return true
    }
    // A post that is large already, or stays small, takes along what waits.
    if (plain.bytes + this.#batch.bytes > LARGE_BYTES) this.#flush()
    this.#batch.add(plain.values, plain.bytes)
    return this.#flush()
  }

  /** Where it cannot be read, nothing else is lost with it. */
  #postAlone(message: readonly unknown[], transfer: object[], errors?: ErrorData[]): boolean {
    if (!this.#hasRoom()) return false
    this.#flush()
    // What is transferred must be the very thing.
    const fields: unknown[] = transfer.length > 0 ? [...message] : message.map(cut)
    const carried = errors ?? encodeErrorsIn(message)
    if (carried.length > 0) fields.unshift('carried', carried)
    this.#port.postMessage([fields.length, ...fields, ...LARGE_MARK], transfer as never[])
    this.#unread.push(message.slice(0, 3))
    unreadOfProcess += 1
    return true
  }

  /** It waits as a copy, of which what is transferred is a part. */
  #keep(message: readonly unknown[], transfer: object[]): void {
    const putDown = this.#load.take(0, message)
    try {
      const letter = { message, transfer, errors: encodeErrorsIn(message) }
      const copy = structuredClone(letter, { transfer: transfer as never[] })
      this.#backlog.push({ ...copy, putDown })
    } catch (error) {
      putDown()
      throw error
    }
  }

  /** Returns false when some of it has to wait still. */
  #postBacklog(): boolean {
    for (let [next] = this.#backlog; next; [next] = this.#backlog) {
      if (!this.#postLater(next)) return false
      this.#backlog.shift()
      next.putDown()
    }
    return true
  }

  #postLater({ message, transfer, errors }: Letter): boolean {
    try {
      return this.#post(message, transfer, false, errors)
    } catch (error) {
      return this.#replace(message, error)
    }
  }

  /** Returns false when what goes in its place has to wait. */
  #replace(message: readonly unknown[], error: unknown): boolean {
    const instead = this.#onRefused(message, error)
    return !instead || this.#post(instead, [])
  }

  /** @param message  A copy: it says what was true when it was sent. */
  #share(message: readonly unknown[], bytes: number, isPatient: boolean): void {
    const isFirst = this.#turnsLeft === 0
    this.#turnsLeft = RESTFUL_TURNS
    if (!this.#batch.hasRoomFor(bytes)) this.#flush()
    this.#batch.add(message, bytes)
    if ((isFirst && !isPatient) || this.#batch.isFull) this.#flush()
    if (isFirst) void settled.then(this.#waitForRest)
  }

  /** Returns false when there was nothing to post. */
  #flush(): boolean {
    const post = this.#batch.take()
    if (post) this.#port.postMessage(post, [])
    return post !== undefined
  }

  #hasRoom(): boolean {
    const { length } = this.#unread
    if (length === 0) return true
    return length < MAX_UNREAD.ofChannel && unreadOfProcess < MAX_UNREAD.ofProcess
  }
}

function copyItem(item: unknown): PlainCopy | undefined {
  return isObject(item) ? copyPlain([item]) : { values: [item], bytes: sizeOf(item) }
}
