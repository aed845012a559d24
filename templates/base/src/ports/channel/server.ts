import type { Offers } from './arguments'
import type { Post } from './caller'
import { PortError } from '../errors'
import { decodeError, encodeError } from './error-data'
import { Job } from './job'
import type { Answer, Question, StreamPlaces } from './protocol'

/** Reads a stream that the other end passed as an argument. */
type ReadOffer = (offer: number) => AsyncIterable<unknown>

/** How many failed notifications are shown: the other end may send more than a log can hold. */
const MAX_SHOWN = 100

/**
 * The answering half of a channel: runs the handlers of a contract. A job ends with one answer, or
 * in silence when the other end cancelled it or is gone; the handler's AbortSignal tells it so.
 */
export class Server implements Offers {
  readonly #post: Post
  readonly #handlers: object
  readonly #readOffer: ReadOffer
  readonly #jobs = new Map<number, Job>()
  /** Streams that went out as arguments, and the ids under which they are read by now. */
  readonly #offers = new Map<number, { items: AsyncIterable<unknown>; reader?: number }>()
  #lastOffer = 0
  #shown = 0

  constructor(post: Post, handlers: object, readOffer: ReadOffer) {
    this.#post = post
    this.#handlers = handlers
    this.#readOffer = readOffer
  }

  /** The other end asks for something, or steers what it asked for. */
  receive(question: Question): void {
    switch (question[0]) {
      case 'call':
        return void this.#answer(question)
      case 'stream':
        return void this.#produce(question[1], question[5], async (job) => {
          const [, , method, signalAt, streams, , ...args] = question
          return this.#invoke(method, this.#unpack(args, job, signalAt, streams))
        })
      case 'read':
        return void this.#produce(question[1], question[3], async () => this.#take(question))
      case 'notify':
        return void this.#hear(question[1], question.slice(2))
      case 'credit':
        return this.#jobs.get(question[1])?.grant(question[2])
      case 'cancel':
        return this.stop(question[1], decodeError(question[2]))
    }
  }

  /** Nobody wants the answer to `id` any more. */
  stop(id: number, reason: unknown): void {
    this.#jobs.get(id)?.stop(reason)
  }

  offer(items: AsyncIterable<unknown>): number {
    this.#lastOffer += 1
    this.#offers.set(this.#lastOffer, { items })
    return this.#lastOffer
  }

  /** Whoever still reads it learns that it is over before its end. */
  withdraw(offer: number): void {
    const reader = this.#offers.get(offer)?.reader
    this.#offers.delete(offer)
    const job = this.#jobs.get(reader ?? NaN)
    if (reader === undefined || !job) return
    this.#reply(job, ['error', reader, encodeError(newOver())])
    job.stop(newOver())
  }

  /** Stops every job: nobody is left to answer. */
  close(reason: PortError): void {
    for (const job of this.#jobs.values()) job.stop(reason)
  }

  async #answer(question: Extract<Question, ['call', ...unknown[]]>): Promise<void> {
    const [, id, method, signalAt, streams] = question
    const job = this.#newJob(id, 0)
    if (!job) return
    try {
      const args = this.#unpack(question.slice(5), job, signalAt, streams)
      const value = await this.#invoke(method, args)
      this.#reply(job, ['result', id, value])
    } catch (error) {
      this.#reply(job, ['error', id, encodeError(error)])
    } finally {
      this.#jobs.delete(id)
    }
  }

  async #produce(id: number, credit: number, open: (job: Job) => Promise<unknown>): Promise<void> {
    const job = this.#newJob(id, credit)
    if (!job) return
    try {
      for await (const value of (await open(job)) as AsyncIterable<unknown>) {
        this.#reply(job, ['items', id, value])
        const credited = job.spend()
        if (credited) await credited
        // Leaving the loop runs the producer's `finally`.
        if (job.isStopped) return
      }
      this.#reply(job, ['end', id])
    } catch (error) {
      this.#reply(job, ['error', id, encodeError(error)])
    } finally {
      this.#jobs.delete(id)
    }
  }

  /** Undefined for an id in use: the other end does not keep to the protocol. */
  #newJob(id: number, credit: number): Job | undefined {
    if (this.#jobs.has(id)) return undefined
    const job = new Job(credit)
    this.#jobs.set(id, job)
    return job
  }

  /** A notification has nobody who waits for its failure, so it is shown here. */
  async #hear(method: string, args: unknown[]): Promise<void> {
    try {
      await this.#invoke(method, args)
    } catch (error) {
      this.#shown += 1
      if (this.#shown <= MAX_SHOWN) console.error(`The notification "${method}" failed:`, error)
    }
  }

  #invoke(method: string, args: unknown[]): unknown {
    const handler: unknown = Reflect.get(this.#handlers, method)
    // What every object has, such as `constructor`, is not part of a contract.
    if (typeof handler !== 'function' || method in Object.prototype) {
      throw new PortError('no-handler', `"${method}" has no handler at the other end of the port.`)
    }
    return handler.apply(this.#handlers, args)
  }

  /** Puts in place what could not be cloned. */
  #unpack(
    args: unknown[],
    job: Job,
    signalAt: number | undefined,
    streams: StreamPlaces | undefined,
  ): unknown[] {
    if (signalAt !== undefined && signalAt in args) args[signalAt] = job.signal
    // By the arguments there are: the other end may name places without end.
    if (streams) {
      for (const at of args.keys()) {
        if (Object.hasOwn(streams, at)) args[at] = this.#readOffer(streams[at] as number)
      }
    }
    return args
  }

  #take([, reader, offer]: Extract<Question, ['read', ...unknown[]]>): AsyncIterable<unknown> {
    const offered = this.#offers.get(offer)
    if (!offered || offered.reader !== undefined) throw newOver()
    offered.reader = reader
    return offered.items
  }

  #reply(job: Job, answer: Answer): void {
    if (job.isStopped) return
    try {
      this.#post(answer)
    } catch (cause) {
      const message = `The answer was not sent, for it cannot cross this port: ${String(cause)}`
      throw new PortError('not-cloneable', message, { cause })
    }
  }
}

function newOver(): PortError {
  return new PortError('closed', 'The call that this stream was an argument of is over.')
}
