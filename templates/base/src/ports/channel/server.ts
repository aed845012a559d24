import { type Offers, newOver } from './arguments'
import type { Caller, Line } from './caller'
import { PortError } from '../errors'
import { printableError } from '../printable'
import { decodeError, encodeError } from './error-data'
import { CREDIT } from './incoming-stream'
import { Load } from './load'
import { isObject } from './plain'
import { type Answer, type Offer, type Question, SIGNAL, type Ties } from './protocol'

/** How many failures are shown: the other end may cause more than a log can hold. */
const MAX_SHOWN = 100

type Opening = Extract<Question, ['call' | 'stream', ...unknown[]]>

/** A handler at work for the other end. */
interface Job {
  readonly id: number
  readonly method: string | Offer
  /** How many items its stream may send before the consumer grants more. */
  credit: number
  /** Nobody wants its answer any more. */
  isStopped: boolean
  /** Tells the handler so. Made when a handler wants it, for it costs more than all else of a call. */
  controller?: AbortController
  /** Ends the wait for credit. */
  wake?: () => void
}

/**
 * The answering half of a channel: runs the handlers of a contract. A job ends with one answer, or
 * in silence when the other end cancelled it or is gone; the handler's AbortSignal tells it so.
 */
export class Server {
  readonly #line: Line
  readonly #handlers: object
  /** Reads the streams that came as arguments. */
  readonly #caller: Caller
  /** The streams that went out as arguments. */
  readonly #offers: Offers
  #jobs = new Map<number, Job>()
  #shown = 0
  readonly #load = new Load()

  constructor(line: Line, handlers: object, caller: Caller, offers: Offers) {
    this.#line = line
    this.#handlers = handlers
    this.#caller = caller
    this.#offers = offers
  }

  /** The other end asks for something, or steers what it asked for. */
  receive(question: Question): void {
    switch (question[0]) {
      case 'notify':
        return void this.#hear(question[1], question.slice(2))
      case 'credit':
        return grant(this.#jobs.get(question[1]), question[2])
      case 'cancel':
        return stop(this.#jobs.get(question[1]), () => decodeError(question[2]))
      default:
        return void this.#work(question)
    }
  }

  /** What is at work under `id`. */
  methodOf(id: number): string | Offer | undefined {
    return this.#jobs.get(id)?.method
  }

  /** Nobody wants the answer to `id` any more. */
  stop(id: number, reason: unknown): void {
    stop(this.#jobs.get(id), () => reason)
  }

  /** There is room again for what streams give. */
  goOn(): void {
    for (const job of this.#jobs.values()) job.wake?.()
  }

  /** Stops every job: nobody is left to answer. */
  close(reason: PortError): void {
    for (const job of this.#jobs.values()) stop(job, () => reason)
  }

  async #work(question: Opening): Promise<void> {
    const [kind, id, method] = question
    // In use: the other end does not keep to the protocol.
    if (this.#jobs.has(id)) return
    const job: Job = { id, method, credit: 0, isStopped: false }
    this.#jobs.set(id, job)
    let putDown: (() => void) | undefined
    try {
      putDown = this.#load.take(kind === 'call' ? 1 : 10, question)
      const result = await this.#begin(question, job)
      if (kind === 'call') return this.#reply(job, ['result', id, result])
      grant(job, question[4] as number)
      await this.#produce(result as AsyncIterable<unknown>, job)
    } catch (error) {
      if (!job.isStopped && isMistake(error)) this.#show(this.#line.nameOf(method), error)
      this.#reply(job, ['error', id, encodeError(error)])
    } finally {
      job.isStopped = true
      this.#jobs.delete(id)
      putDown?.()
      // As in `Caller`: half the speed of many short calls went into collecting what was in old tables.
      if (this.#jobs.size === 0) this.#jobs = new Map()
    }
  }

  #begin(question: Opening, job: Job): unknown {
    const [kind, , method, ties] = question
    if (typeof method === 'number') return this.#offers.claim(method, () => this.#breakOff(job))
    const args = question.slice(kind === 'call' ? 4 : 5)
    if (isObject(ties)) this.#tie(args, ties, job)
    return this.#invoke(method, args)
  }

  async #produce(items: AsyncIterable<unknown>, job: Job): Promise<void> {
    let sent = 0
    for await (const value of items) {
      if (!job.isStopped) this.#line.postItem(job.id, value)
      sent += 1
      job.credit -= 1
      while (!job.isStopped && (job.credit <= 0 || this.#line.isHeldUp)) {
        await new Promise<void>((resolve) => (job.wake = resolve))
      }
      // Leaving the loop runs the producer's `finally`.
      if (job.isStopped) return
    }
    this.#reply(job, ['end', job.id, sent])
  }

  /** A notification has nobody who waits for its failure, so it is shown here. */
  async #hear(method: string, args: unknown[]): Promise<void> {
    let putDown: (() => void) | undefined
    try {
      putDown = this.#load.take(1, args)
      await this.#invoke(method, args)
    } catch (error) {
      this.#show(`The notification ${this.#line.nameOf(method)}`, error)
    } finally {
      putDown?.()
    }
  }

  #show(what: string, error: unknown): void {
    this.#shown += 1
    if (this.#shown <= MAX_SHOWN) console.error(`${what} failed: ${printableError(error)}`)
  }

  #invoke(method: string, args: unknown[]): unknown {
    const handler: unknown = Reflect.get(this.#handlers, method)
    // What every object has, such as `constructor`, is not part of a contract.
    if (typeof handler !== 'function' || method in Object.prototype) {
      throw new PortError(
        'no-handler',
        `${this.#line.nameOf(method)} has no handler at the other end of the port.`,
      )
    }
    return handler.apply(this.#handlers, args)
  }

  /** Puts in place what could not be cloned. */
  #tie(args: unknown[], ties: Ties, job: Job): void {
    // By the arguments there are: the other end may name places without end.
    for (const at of args.keys()) {
      if (!Object.hasOwn(ties, at)) continue
      const tied = ties[at]
      if (tied === SIGNAL) args[at] = (job.controller ??= new AbortController()).signal
      else if (Number.isSafeInteger(tied)) args[at] = this.#caller.stream(tied as Offer, [])
    }
  }

  /** What it reads from is withdrawn before its end. */
  #breakOff(job: Job): void {
    this.#reply(job, ['error', job.id, encodeError(newOver())])
    stop(job, newOver)
  }

  #reply(job: Job, answer: Answer): void {
    if (!job.isStopped) this.#line.post(answer)
  }
}

/** What nobody throws on purpose: the handler is wrong. */
function isMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError
}

/** @param reason  Asked for only where there is a signal to tell it to. */
function stop(job: Job | undefined, reason: () => unknown): void {
  if (!job) return
  job.isStopped = true
  job.controller?.abort(reason())
  job.wake?.()
}

/** Whatever is granted: a producer that never had to pause could keep this process to itself. */
function grant(job: Job | undefined, count: number): void {
  if (!job) return
  job.credit = Math.min(job.credit + count, CREDIT.most)
  job.wake?.()
}
