/** How many messages go into a post, and how many bytes. More gain nothing. */
const FULL = { messages: 100, bytes: 32 * 1024 }

/** Messages that leave in one post: one array, each message behind its length. */
export class Batch {
  #fields: unknown[] = []
  #messages = 0
  bytes = 0
  /** Which stream the last items are of, and where in `#fields` the length of their message is. */
  #itemsOf: unknown
  #lengthAt = 0

  get isFull(): boolean {
    return this.#messages >= FULL.messages
  }

  hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= FULL.bytes
  }

  /** @param message  Items come one at a time. */
  add(message: readonly unknown[], bytes: number): void {
    const itemsOf = message[0] === 'items' ? message[1] : undefined
    if (itemsOf !== undefined && itemsOf === this.#itemsOf) return this.addItem(message[2], bytes)
    this.#itemsOf = itemsOf
    this.#lengthAt = this.#fields.length
    this.#fields.push(message.length, ...message)
    this.#messages += 1
    this.bytes += bytes
  }

  /** Whether items of this stream were the last to be added: more of them need no message of their own. */
  isOf(stream: number): boolean {
    return stream === this.#itemsOf
  }

  /** Items in a row become one message, which takes a third of the time to post and to read. */
  addItem(item: unknown, bytes: number): void {
    ;(this.#fields[this.#lengthAt] as number) += 1
    this.#fields.push(item)
    this.#messages += 1
    this.bytes += bytes
  }

  /** Empties the batch; undefined when it is empty. */
  take(): unknown[] | undefined {
    if (this.#messages === 0) return undefined
    const fields = this.#fields
    this.#fields = []
    this.#messages = 0
    this.bytes = 0
    this.#itemsOf = undefined
    return fields
  }
}
