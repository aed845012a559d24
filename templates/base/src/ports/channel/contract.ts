/**
 * A contract is a TypeScript interface: what one end of a link may ask of the other.
 *
 *   interface Library {
 *     // a call: one answer
 *     find(title: string): Promise<Book>
 *     // a stream: many answers, then an end
 *     pages(book: Book, signal: AbortSignal): AsyncIterable<Page>
 *     // a notification: no answer
 *     opened(book: Book): void
 *   }
 *
 * Whoever serves it implements it as it stands; whoever uses it sees the three verbs below. Among
 * the arguments an AbortSignal is joined to one at the other end, and an AsyncIterable is read there.
 */

/** True when a method returns a result of that kind, and no other. */
type Returns<Method, Result> = Method extends (...args: never[]) => infer Returned
  ? [Returned] extends [Result]
    ? true
    : false
  : false

/** The methods of a contract that answer once. */
export type Calls<Contract> = {
  [
    Name in keyof Contract as Returns<Contract[Name], Promise<unknown>> extends true ? Name : never
  ]: Crossing<Contract[Name]>
}

/** The methods of a contract that answer many times. */
export type Streams<Contract> = {
  [
    Name in keyof Contract as Returns<Contract[Name], AsyncIterable<unknown>> extends true
      ? Name
      : never
  ]: Crossing<Contract[Name]>
}

/** The methods of a contract that do not answer. */
export type Notifications<Contract> = {
  [Name in keyof Contract as Returns<Contract[Name], void> extends true ? Name : never]: Crossing<
    Contract[Name]
  >
}

/** A method, when all that it is given can cross a port. */
type Crossing<Method> = Method extends (...args: infer Args) => unknown
  ? Args extends Cloned<Args>
    ? Method
    : NotCloneable<Args>
  : never

/** The compiler shows this where a method is given a function, a symbol or an object with methods. */
interface NotCloneable<Args> {
  readonly cannotCrossAPort: Args
}

/** What structured clone makes of a value, as far as types can tell, and five levels deep. */
type Cloned<Value, Level extends unknown[] = []> = unknown extends Value
  ? Value
  : Value extends Whole
    ? Value
    : Value extends symbol | ((...args: never[]) => unknown)
      ? never
      : Level['length'] extends 5
        ? Value
        : { [Key in keyof Value]: Cloned<Value[Key], [...Level, 1]> }

/** What crosses although it has methods; the last two are joined to the other end. */
type Whole =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | Date
  | RegExp
  | Error
  | Map<unknown, unknown>
  | Set<unknown>
  | ArrayBuffer
  | ArrayBufferView
  | Global<'Blob'>
  | Global<'CryptoKey'>
  | Global<'FileSystemHandle'>
  | Global<'ImageBitmap'>
  | Global<'MessagePort'>
  | Global<'OffscreenCanvas'>
  | Global<'ReadableStream'>
  | AbortSignal
  | AsyncIterable<unknown>

/** A class of the platform, where there is one of that name: pages have more than Node. */
type Global<Name extends string> =
  typeof globalThis extends Record<Name, { prototype: infer Instance }> ? Instance : never
