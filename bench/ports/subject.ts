/** One way to talk over a port. All offer the same service, each through its own library. */
export interface Subject {
  /** The asking end. */
  connect(port: MessagePort): Client
  /** The answering end, which serves {@link service}. */
  serve(port: MessagePort): void
}

export interface Client {
  echo<Value>(value: Value): Promise<Value>
  /** As it comes, without any setting. Absent where a library has calls only. */
  items?(...order: Order): AsyncIterable<unknown>
  /** With more items on their way, where that can be set. */
  itemsFarAhead?(...order: Order): AsyncIterable<unknown>
}

/** How many items, and of how many bytes each; items of no bytes are numbers. */
export type Order = [count: number, bytes: number]

export const service = {
  echo: <Value>(value: Value): Value => value,
  async *items(...[count, bytes]: Order): AsyncGenerator<unknown, void> {
    for (let index = 0; index < count; index++) yield newItem(index, bytes)
  },
}

/** The item that comes at `index`. */
export function newItem(index: number, bytes: number): unknown {
  return bytes === 0 ? index : new Uint8Array(bytes).fill(index)
}
