/**
 * Two ends that a channel is tried with, in whatever process: a library that serves, and a reader who
 * asks and can be asked back. Nothing here knows where it runs.
 */
import { type Channel, openChannel } from '../../../templates/base/src/ports/channel/channel.ts'
import type { ChannelOptions } from '../../../templates/base/src/ports/channel/options.ts'
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'
import { transfer } from '../../../templates/base/src/ports/channel/transfer.ts'

/** What the library serves. */
export interface Library {
  echo(value: unknown): Promise<unknown>
  echoAll(...values: unknown[]): Promise<unknown[]>
  add(one: number, other: number): Promise<number>
  nothing(): Promise<void>
  nap(milliseconds: number): Promise<string>
  /** Keeps the whole process from anything else. */
  block(milliseconds: number): Promise<void>
  /** Works until it is told to stop. */
  wait(signal: AbortSignal): Promise<void>
  /** Writes a number down, as {@link note} does. Returns how many there are by now. */
  mark(number: number, baggage?: unknown): Promise<number>
  note(number: number, baggage?: unknown): void
  failRichly(): Promise<void>
  /** One field of the error is a Blob, which does not cross everywhere. */
  failWithBlob(): Promise<void>
  failWith(thrown: unknown): Promise<void>
  failOfMany(): Promise<void>
  failOfPort(): Promise<void>
  giveFunction(): Promise<unknown>
  /** The answer is moved. */
  giveBuffer(bytes: number): Promise<ArrayBuffer>
  visit(desk: MessagePort): Promise<string>

  count(to: number): AsyncIterable<number>
  endless(): AsyncIterable<number>
  /** Counts, and fails after `last`. */
  torn(last: number): AsyncIterable<number>
  /** One item, and then nothing until it is told to stop. */
  silent(signal: AbortSignal): AsyncIterable<string>
  countAndWait(to: number, signal: AbortSignal): AsyncIterable<number>
  giveFunctions(): AsyncIterable<unknown>
  bigPages(count: number, bytes: number): AsyncIterable<Uint8Array>
  echoEach(...values: unknown[]): AsyncIterable<unknown>

  sum(numbers: AsyncIterable<number>): Promise<number>
  firstOf(items: AsyncIterable<number>): Promise<number>
  pairUp(some: AsyncIterable<number>, others: AsyncIterable<number>): AsyncIterable<number[]>

  /** These ask the reader. */
  askBack(number: number): Promise<number>
  bounce(times: number): Promise<number>
  sumOfReader(to: number): Promise<number>
  tellBack(count: number): Promise<void>
  /** Tells the reader numbers and closes the channel, both at once. */
  closeAfterTelling(count: number): Promise<void>

  probe(): Promise<Probe>
}

/** What the reader serves. */
export interface Reader {
  double(number: number): Promise<number>
  bounce(times: number): Promise<number>
  count(to: number): AsyncIterable<number>
  tell(number: number): void
}

/** What can be seen at the library's end. */
export interface Probe {
  /** How many handlers are at work that may take long. */
  running: number
  /** How many streams were left, by their `finally`. */
  left: number
  /** How many items streams have given. */
  yielded: number
  /** The numbers of `note` and `mark`, as they came. */
  noted: number[]
  /** What handlers were told to stop for. */
  stoppedFor: string[]
  dropped: number
}

export class TestLibrary implements Library {
  readonly channel: Channel<Reader>
  readonly #seen: Probe = {
    running: 0,
    left: 0,
    yielded: 0,
    noted: [],
    stoppedFor: [],
    dropped: 0,
  }

  /** Serves itself over the port. */
  constructor(port: PortLike, options: ChannelOptions) {
    this.channel = openChannel<Reader>(port, this, options)
  }

  get seen(): Probe {
    return { ...this.#seen, dropped: this.channel.dropped }
  }

  async probe(): Promise<Probe> {
    return this.seen
  }

  async echo(value: unknown): Promise<unknown> {
    return value
  }

  async echoAll(...values: unknown[]): Promise<unknown[]> {
    return values
  }

  async add(one: number, other: number): Promise<number> {
    return one + other
  }

  async nothing(): Promise<void> {}

  async nap(milliseconds: number): Promise<string> {
    await this.#work(() => pause(milliseconds))
    return 'rested'
  }

  async block(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds
    while (Date.now() < end);
  }

  wait(signal: AbortSignal): Promise<void> {
    return this.#work(() => this.#untilStopped(signal))
  }

  async mark(number: number): Promise<number> {
    return this.#seen.noted.push(number)
  }

  note(number: number): void {
    this.#seen.noted.push(number)
  }

  async failRichly(): Promise<void> {
    const cause = new TypeError('The shelf is full.', { cause: 'too many books' })
    const error = new RangeError('The book was not put back.', { cause })
    throw Object.assign(error, {
      name: 'ShelfError',
      code: 'SHELF_FULL',
      shelf: { row: 3, titles: ['Emma', 'Persuasion'] },
      since: new Date(0),
      retry: () => 'cannot cross',
    })
  }

  async failOfMany(): Promise<void> {
    const books = ['Emma', 'Persuasion'].map((title, row) =>
      Object.assign(new RangeError(title), { code: 'LOST', row }),
    )
    throw new AggregateError(books, 'Two books were not found.')
  }

  async failWithBlob(): Promise<void> {
    throw Object.assign(new Error('The book was not put back.'), { cover: new Blob(['']), row: 3 })
  }

  async failWith(thrown: unknown): Promise<void> {
    throw thrown
  }

  async failOfPort(): Promise<void> {
    throw new PortError('unavailable', 'The library opens at nine.')
  }

  async giveFunction(): Promise<unknown> {
    return () => 'cannot cross'
  }

  async giveBuffer(bytes: number): Promise<ArrayBuffer> {
    return transfer(new ArrayBuffer(bytes))
  }

  async visit(desk: MessagePort): Promise<string> {
    const channel = openChannel<{ ask(title: string): Promise<string> }>(desk)
    const answer = await channel.call.ask('Emma')
    channel.close()
    return answer
  }

  count(to: number): AsyncIterable<number> {
    return this.#give(upTo(to))
  }

  endless(): AsyncIterable<number> {
    return this.#give(upTo(Infinity))
  }

  async *torn(last: number): AsyncIterable<number> {
    yield* this.count(last)
    throw new Error(`Page ${last + 1} is torn.`)
  }

  async *silent(signal: AbortSignal): AsyncIterable<string> {
    yield* this.#give(['the only one'])
    await this.wait(signal)
  }

  async *countAndWait(to: number, signal: AbortSignal): AsyncIterable<number> {
    yield* this.#give(upTo(to))
    await this.wait(signal)
  }

  giveFunctions(): AsyncIterable<unknown> {
    return this.#give(['page 1', () => 'cannot cross', 'page 3'])
  }

  bigPages(count: number, bytes: number): AsyncIterable<Uint8Array> {
    return this.#give(Array.from(upTo(count), (page) => bytesOf(bytes, page)))
  }

  echoEach(...values: unknown[]): AsyncIterable<unknown> {
    return this.#give(values)
  }

  sum(numbers: AsyncIterable<number>): Promise<number> {
    return this.#work(() => sumOf(numbers))
  }

  async firstOf(items: AsyncIterable<number>): Promise<number> {
    const first = await items[Symbol.asyncIterator]().next()
    return first.value
  }

  async *pairUp(
    some: AsyncIterable<number>,
    others: AsyncIterable<number>,
  ): AsyncIterable<number[]> {
    const rest = others[Symbol.asyncIterator]()
    for await (const one of some) yield [one, (await rest.next()).value]
  }

  async askBack(number: number): Promise<number> {
    return this.channel.call.double(number)
  }

  async bounce(times: number): Promise<number> {
    return times === 0 ? 0 : 1 + (await this.channel.call.bounce(times - 1))
  }

  sumOfReader(to: number): Promise<number> {
    return sumOf(this.channel.stream.count(to))
  }

  async tellBack(count: number): Promise<void> {
    for (const number of upTo(count)) this.channel.notify.tell(number)
  }

  async closeAfterTelling(count: number): Promise<void> {
    void this.tellBack(count)
    this.channel.close('it is night.')
  }

  /** Counts a handler that may take long. */
  async #work<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#seen.running += 1
    try {
      return await task()
    } finally {
      this.#seen.running -= 1
    }
  }

  async *#give<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
    this.#seen.running += 1
    try {
      for (const item of items) {
        this.#seen.yielded += 1
        yield item
      }
    } finally {
      this.#seen.running -= 1
      this.#seen.left += 1
    }
  }

  async #untilStopped(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    }
    const { name, message } = signal.reason as Error
    this.#seen.stoppedFor.push(`${name}: ${message}`)
    throw signal.reason
  }
}

export class TestReader implements Reader {
  readonly channel: Channel<Library>
  /** The numbers it was told, as they came. */
  readonly told: number[] = []
  /** How many of its own streams were left, by their `finally`. */
  left = 0

  constructor(port: PortLike, options: ChannelOptions) {
    this.channel = openChannel<Library>(port, this, options)
  }

  async double(number: number): Promise<number> {
    return 2 * number
  }

  async bounce(times: number): Promise<number> {
    return times === 0 ? 0 : 1 + (await this.channel.call.bounce(times - 1))
  }

  async *count(to: number): AsyncGenerator<number> {
    try {
      yield* upTo(to)
    } finally {
      this.left += 1
    }
  }

  tell(number: number): void {
    this.told.push(number)
  }
}

/** The numbers from 1 to `last`. */
export function* upTo(last: number): Generator<number> {
  for (let number = 1; number <= last; number++) yield number
}

/** So many bytes, which are not those of another `page`. */
export function bytesOf(count: number, page: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count).fill(page)
  bytes.set([page >> 8, page & 255])
  return bytes
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function sumOf(numbers: AsyncIterable<number>): Promise<number> {
  let sum = 0
  for await (const number of numbers) sum += number
  return sum
}
