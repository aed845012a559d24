import { isObject, sizeOf } from './plain'

/** How many messages go into a post, and how many bytes. More gain nothing. */
const FULL = { messages: 100, bytes: 32 * 1024 }

/** Messages that leave in one post: one array, each message behind its length. */
export class Batch {
  #fields: unknown[] = []
  #messages = 0
  #bytes = 0
  /** Which stream the last items are of, and where in `#fields` the length of their message is. */
  #itemsOf: unknown
  #lengthAt = 0

  get bytes(): number {
    return this.#bytes
  }

  hasRoomFor(bytes: number): boolean {
    return this.#messages < FULL.messages && this.#bytes + bytes <= FULL.bytes
  }

  add(message: readonly unknown[], bytes: number): void {
    const itemsOf = message[0] === 'items' ? message[1] : undefined
    if (itemsOf !== undefined && itemsOf === this.#itemsOf) {
      // Items in a row become one message, which takes a third of the time to post and to read.
      const length = this.#fields[this.#lengthAt] as number
      this.#fields[this.#lengthAt] = length + message.length - 2
      for (let index = 2; index < message.length; index++) this.#fields.push(message[index])
    } else {
      this.#lengthAt = this.#fields.length
      this.#fields.push(message.length, ...message)
    }
    this.#itemsOf = itemsOf
    this.#messages += 1
    this.#bytes += bytes
  }

  /**
   * Adds an item to a message that is there, for one that needs no copy and is of the last stream. Most
   * items of a flood are, and each costs as good as nothing then.
   *
   * @returns false when it was not added.
   */
  extend(stream: unknown, item: unknown): boolean {
    if (stream !== this.#itemsOf || isObject(item)) return false
    const bytes = sizeOf(item)
    if (!this.hasRoomFor(bytes)) return false
    ;(this.#fields[this.#lengthAt] as number) += 1
    this.#fields.push(item)
    this.#messages += 1
    this.#bytes += bytes
    return true
  }

  /** Empties the batch; undefined when it is empty. */
  take(): unknown[] | undefined {
    if (this.#messages === 0) return undefined
    const fields = this.#fields
    this.#fields = []
    this.#messages = 0
    this.#bytes = 0
    this.#itemsOf = undefined
    return fields
  }
}
