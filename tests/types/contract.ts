// What a contract allows, told by the compiler: `npm run typecheck` fails when a line that is
// marked as an error is none, or the other way round.
import type {
  Calls,
  Notifications,
  Streams,
} from '../../templates/base/src/ports/channel/contract.ts'

interface Tree {
  name: string
  children: Tree[]
  parent?: Tree
}

interface Photo {
  bytes: Uint8Array
  size: { width: number; height: number }
  taken: Date
  notes?: Record<string, unknown>
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

class Shelf {
  books = 1
  add(): void {}
}

interface Library {
  photo(photo: Photo, signal: AbortSignal): Promise<number>
  tree(tree: Tree): Promise<Tree>
  json(value: Json): Promise<Json>
  echo<Value>(value: Value): Promise<Value>
  unknown(value: unknown): Promise<unknown>
  optional(name?: string, options?: { deep?: boolean }): Promise<void>
  rest(...names: string[]): Promise<void>
  readonly(names: readonly string[], range: [from: number, to: number]): Promise<void>
  union(value: { kind: 'one' } | { kind: 'many'; names: string[] }): Promise<void>
  collections(map: Map<string, Date>, set: Set<number>, pattern: RegExp): Promise<void>
  platform(blob: Blob, port: MessagePort, error: Error): Promise<void>
  upload(chunks: AsyncIterable<Uint8Array>): Promise<number>

  callback(done: () => void): Promise<void>
  deepCallback(options: { on: { done?: () => void } }): Promise<void>
  shelf(shelf: Shelf): Promise<void>
  symbol(key: symbol): Promise<void>
  url(url: URL): Promise<void>
  promise(value: Promise<string>): Promise<void>

  pages(book: string, signal: AbortSignal): AsyncIterable<string>
  mapped(by: (page: string) => string): AsyncIterable<string>

  opened(book: string): void
  watched(done: () => void): void
}

declare const call: Calls<Library>
declare const stream: Streams<Library>
declare const notify: Notifications<Library>
declare const values: {
  photo: Photo
  tree: Tree
  signal: AbortSignal
  shelf: Shelf
  port: MessagePort
  chunks: AsyncIterable<Uint8Array>
}

/** Never run: it is enough that it compiles. */
export async function examples(): Promise<void> {
  const count: number = await call.photo(values.photo, values.signal)
  const tree: Tree = await call.tree(values.tree)
  await call.json({ a: [count, null, { b: tree.name }] })
  const echoed: 'same' = await call.echo('same')
  await call.unknown(echoed)
  await call.optional()
  await call.optional('Emma', { deep: true })
  await call.rest('Emma', 'Persuasion')
  await call.readonly(['Emma'], [1, 2])
  await call.union({ kind: 'one' })
  await call.collections(new Map(), new Set(), /a/)
  await call.platform(new Blob(), values.port, new Error('lost'))
  await call.upload(values.chunks)
  for await (const page of stream.pages('Emma', values.signal)) notify.opened(page)

  // @ts-expect-error a function cannot be cloned
  await call.callback(() => {})
  // @ts-expect-error not inside of an argument either
  await call.deepCallback({ on: {} })
  // @ts-expect-error an object with methods loses them
  await call.shelf(values.shelf)
  // @ts-expect-error a symbol cannot be cloned
  await call.symbol(Symbol.iterator)
  // @ts-expect-error a URL arrives as an empty object
  await call.url(new URL('app://bundle'))
  // @ts-expect-error a promise cannot be cloned
  await call.promise(Promise.resolve('Emma'))
  // @ts-expect-error nor can what a stream or a notification is given
  stream.mapped((page) => page)
  // @ts-expect-error nor can what a stream or a notification is given
  notify.watched(() => {})

  // @ts-expect-error a stream is not a call
  await call.pages('Emma', values.signal)
  // @ts-expect-error a call is not a stream
  stream.tree(values.tree)
  // @ts-expect-error a notification is not a call
  await call.opened('Emma')
  // @ts-expect-error arguments are checked as anywhere
  await call.photo('Emma', values.signal)
  // @ts-expect-error so is what is missing in the contract
  await call.burn()
}
