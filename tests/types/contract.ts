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

  maybe(name: string, signal?: AbortSignal): Promise<string>
  maybePages(signal?: AbortSignal): AsyncIterable<string>
  folder(folder: FileSystemDirectoryHandle): Promise<FileSystemFileHandle>
  frames(): AsyncIterable<{ frame: VideoFrame; place: DOMRectReadOnly }>
  found(): Promise<{ book: string; failed?: Error } | undefined>
  shelves(): Promise<Map<string, Set<Tree>>>
  generated(): AsyncGenerator<string, void>
  iterated(): AsyncIterableIterator<string>

  newShelf(): Promise<Shelf>
  address(): Promise<URL>
  undo(): Promise<() => void>
  deepUndo(): Promise<{ steps: { undo(): void }[] }>
  undoOfEach(): Promise<Map<string, () => void>>
  later(): Promise<{ more: AsyncIterable<string> }>
  ended(): Promise<AbortSignal>
  shelfOfEach(): AsyncIterable<Shelf>
  listOfPages(pages: { all: AsyncIterable<string> }): Promise<void>
  ofOptions(options: { signal: AbortSignal }): Promise<void>
  undoMap(by: Map<string, () => void>): Promise<void>
  counted(): AsyncGenerator<string, number>
  atOnce(): number
  either(): Promise<string> | string
  asymmetricMatch(): Promise<boolean>
  toJSON(): Promise<string>
  toString(): Promise<string>
  $hidden(): void
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
  folder: FileSystemDirectoryHandle
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

  await call.maybe('Emma')
  await call.maybe('Emma', values.signal)
  for await (const page of stream.maybePages()) notify.opened(page)
  await (await call.folder(values.folder)).getFile()
  for await (const { frame, place } of stream.frames()) if (place.width > 0) frame.close()
  const { book = '', failed } = (await call.found()) ?? {}
  notify.opened(failed?.message ?? book)
  for (const trees of (await call.shelves()).values()) trees.values()
  for await (const page of stream.generated()) notify.opened(page)
  for await (const page of stream.iterated()) notify.opened(page)

  // @ts-expect-error an object with methods would come back without them
  await call.newShelf()
  // @ts-expect-error a URL would come back as an empty object
  await call.address()
  // @ts-expect-error a function cannot come back
  await call.undo()
  // @ts-expect-error not inside of a result either
  await call.deepUndo()
  // @ts-expect-error nor in a map
  await call.undoOfEach()
  // @ts-expect-error nor can a stream
  await call.later()
  // @ts-expect-error nor a signal
  await call.ended()
  // @ts-expect-error nor as an item of a stream
  stream.shelfOfEach()
  // @ts-expect-error a stream is an argument, not a part of one
  await call.listOfPages({ all: values.chunks })
  // @ts-expect-error so is a signal
  await call.ofOptions({ signal: values.signal })
  // @ts-expect-error a function does not get through in a map
  await call.undoMap(new Map())
  // @ts-expect-error what a generator returns is read by nobody
  stream.counted()
  // @ts-expect-error nothing is answered at once
  call.atOnce()
  // @ts-expect-error whichever verb it is looked for under
  notify.atOnce()
  // @ts-expect-error not even sometimes
  call.either()
  // @ts-expect-error every object is asked for it in tests
  call.asymmetricMatch()
  // @ts-expect-error and every object that becomes JSON
  call.toJSON()
  // @ts-expect-error and every object
  call.toString()
  // @ts-expect-error and this by tools
  notify.$hidden()

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
