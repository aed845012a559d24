import type { Post } from './caller'
import { PortError, decodeError, encodeError } from './errors'
import { CREDIT } from './incoming-stream'
import type { Answer, Invocation, Question } from './protocol'

/** A handler at work for the other end. */
interface Job {
  readonly controller: AbortController
  /** How many items its stream may send before the consumer grants more. */
  credit: number
  /** Wakes a stream that waits for credit. */
  wake(): void
}

/**
 * The answering half of a channel: runs the handlers of a contract. A job ends with one answer, or
 * in silence when the other end cancelled it or is gone; the handler's AbortSignal tells it so.
 */
export class Server {
  readonly #post: Post
  readonly #handlers: object
  readonly #jobs = new Map<number, Job>()

  constructor(post: Post, handlers: object) {
    this.#post = post
    this.#handlers = handlers
  }

  /** The other end asks for something, or steers what it asked for. */
  receive(question: Question): void {
    switch (question.kind) {
      case 'call':
        return void this.#work(question.id, 0, (job) => this.#answer(question.id, question, job))
      case 'stream':
        return void this.#work(question.id, question.credit, (job) =>
          this.#produce(question.id, question, job),
        )
      case 'notify':
        return void this.#hear(question)
      case 'credit':
        return this.#grant(question.id, question.count)
      case 'cancel':
        return this.#stop(question.id, decodeError(question.reason))
    }
  }

  /** Stops every job: nobody is left to answer. */
  close(reason: PortError): void {
    for (const id of this.#jobs.keys()) this.#stop(id, reason)
  }

  async #work(id: number, credit: number, run: (job: Job) => Promise<void>): Promise<void> {
    if (this.#jobs.has(id)) return // an id in use: the other end does not keep to the protocol
    const job: Job = { controller: new AbortController(), credit: 0, wake: () => {} }
    this.#jobs.set(id, job)
    this.#grant(id, credit)
    try {
      await run(job)
    } catch (error) {
      this.#reply(job, { kind: 'error', id, error: encodeError(error) })
    } finally {
      this.#jobs.delete(id)
    }
  }

  async #answer(id: number, invocation: Invocation, job: Job): Promise<void> {
    const value = await this.#invoke(invocation, job)
    this.#reply(job, { kind: 'result', id, value })
  }

  async #produce(id: number, invocation: Invocation, job: Job): Promise<void> {
    const items = (await this.#invoke(invocation, job)) as AsyncIterable<unknown>
    const { signal } = job.controller
    for await (const value of items) {
      this.#reply(job, { kind: 'item', id, value })
      job.credit -= 1
      // A job that was stopped while it made this item has been woken already.
      if (job.credit === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => (job.wake = resolve))
      }
      // Leaving the loop runs the producer's `finally`.
      if (signal.aborted) return
    }
    this.#reply(job, { kind: 'end', id })
  }

  /** A notification has nobody who waits for its failure, so it is shown here. */
  async #hear(invocation: Invocation): Promise<void> {
    try {
      await this.#invoke(invocation)
    } catch (error) {
      console.error(`The notification "${invocation.method}" failed:`, error)
    }
  }

  #invoke({ method, args, signalAt }: Invocation, job?: Job): unknown {
    const handler: unknown = Reflect.get(this.#handlers, method)
    // What every object has, such as `constructor`, is not part of a contract.
    if (typeof handler !== 'function' || method in Object.prototype) {
      throw new PortError('no-handler', `"${method}" has no handler at the other end of the port.`)
    }
    // In place: a copy of an array that claims billions of empty places would take minutes.
    if (job && signalAt !== undefined && signalAt in args) args[signalAt] = job.controller.signal
    return handler.apply(this.#handlers, args)
  }

  #reply(job: Job, answer: Answer): void {
    if (job.controller.signal.aborted) return
    const value = 'value' in answer ? answer.value : undefined
    try {
      this.#post(answer, [value])
    } catch (cause) {
      const message = `The answer was not sent, for it cannot cross a port: ${String(cause)}`
      throw new PortError('not-cloneable', message, { cause })
    }
  }

  #grant(id: number, count: number): void {
    const job = this.#jobs.get(id)
    if (!job) return
    // Whatever it is granted: a producer that never had to pause could keep this process to itself.
    job.credit = Math.min(job.credit + count, CREDIT)
    job.wake()
  }

  #stop(id: number, reason: unknown): void {
    const job = this.#jobs.get(id)
    job?.controller.abort(reason)
    job?.wake()
  }
}
