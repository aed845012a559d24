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
 * Whoever serves it implements it as it stands; whoever uses it sees the three verbs below. An argument that is an
 * AbortSignal is joined to one at the other end, one that is an AsyncIterable is read there.
 *
 * A method that cannot be used over a port has no type of a function there, but one of the interfaces below, whose
 * name the compiler shows: it says why.
 */

/** The methods of a contract that answer once. */
export type Calls<Contract> = {
  [
    Name in keyof Contract as VerbOf<Contract[Name]> extends 'call' | 'none' ? Name : never
  ]: Checked<Contract[Name], Name>
}

/** The methods of a contract that answer many times. */
export type Streams<Contract> = {
  [
    Name in keyof Contract as VerbOf<Contract[Name]> extends 'stream' | 'none' ? Name : never
  ]: Checked<Contract[Name], Name>
}

/** The methods of a contract that do not answer. */
export type Notifications<Contract> = {
  [
    Name in keyof Contract as VerbOf<Contract[Name]> extends 'notify' | 'none' ? Name : never
  ]: Checked<Contract[Name], Name>
}

type VerbOf<Method> = Method extends (...args: never[]) => infer Answer
  ? [Answer] extends [Promise<unknown>]
    ? 'call'
    : [Answer] extends [AsyncIterable<unknown>]
      ? 'stream'
      : [Answer] extends [void]
        ? 'notify'
        : 'none'
  : 'property'

/** The method, when it can be used over a port; else what says why not. */
type Checked<Method, Name> = Name extends NeverCalled
  ? EveryObjectIsAskedForThisName
  : Method extends (...args: infer Args) => infer Answer
    ? Args extends { [At in keyof Args]: Argument<Args[At]> }
      ? CheckedAnswer<Method, Answer>
      : AnArgumentCannotCrossAPort<Args>
    : never

type CheckedAnswer<Method, Answer> =
  Answer extends Promise<infer Result>
    ? CheckedResult<Method, Result>
    : Answer extends AsyncIterable<infer Item, infer Last>
      ? [unknown] extends [Last]
        ? CheckedResult<Method, Item>
        : [Last] extends [void]
          ? CheckedResult<Method, Item>
          : WhatAStreamReturnsIsLost<Last>
      : Answer extends void
        ? Method
        : ReturnsNoPromiseNoAsyncIterableAndNotVoid<Answer>

type CheckedResult<Method, Result> = [Result] extends [Cloned<Result>]
  ? Method
  : TheResultCannotCrossAPort<Result>

/** A function, a symbol or an object with methods is given; or a signal or a stream, as a part of something else. */
interface AnArgumentCannotCrossAPort<Args> {
  readonly cannotCross: Args
}

/** A function, a symbol, an object with methods, a signal or a stream would come back, as such or inside of what does. */
interface TheResultCannotCrossAPort<Result> {
  readonly cannotCross: Result
}

/** A loop over a stream sees what the generator yields, and not what it returns: yield that, too. */
interface WhatAStreamReturnsIsLost<Last> {
  readonly isLost: Last
}

/** Nothing can be answered at once over a port. */
interface ReturnsNoPromiseNoAsyncIterableAndNotVoid<Answer> {
  readonly returns: Answer
}

/** It is asked for by the language, a framework or a test, and so is never a call: see `verbs.ts`. */
interface EveryObjectIsAskedForThisName {
  readonly chooseAnotherName: never
}

/** As in `verbs.ts`. */
type NeverCalled =
  | 'constructor'
  | 'hasOwnProperty'
  | 'isPrototypeOf'
  | 'propertyIsEnumerable'
  | 'toLocaleString'
  | 'toString'
  | 'valueOf'
  | 'then'
  | 'catch'
  | 'finally'
  | 'toJSON'
  | 'asymmetricMatch'
  | `${'_' | '$' | '@'}${string}`

/** An argument, where it can cross: the first two are joined to the other end. */
type Argument<Value> = Value extends AbortSignal | AsyncIterable<unknown> ? Value : Cloned<Value>

/** What structured clone makes of a value, as far as types can tell, and five levels deep. */
type Cloned<Value, Level extends unknown[] = []> = unknown extends Value
  ? Value
  : Value extends Whole
    ? Value
    : Value extends symbol | ((...args: never[]) => unknown)
      ? never
      : Level['length'] extends 5
        ? Value
        : Value extends ReadonlyMap<infer Key, infer Item>
          ? ReadonlyMap<Cloned<Key, [...Level, 1]>, Cloned<Item, [...Level, 1]>>
          : Value extends ReadonlySet<infer Item>
            ? ReadonlySet<Cloned<Item, [...Level, 1]>>
            : { [Key in keyof Value]: Cloned<Value[Key], [...Level, 1]> }

/** What crosses although it has methods. */
type Whole =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | void
  | Date
  | RegExp
  | Error
  | ArrayBuffer
  | ArrayBufferView
  | OfPlatform<PlatformName>

/** Its classes that are cloned, or moved with `transfer`. */
type PlatformName =
  | 'AudioData'
  | 'Blob'
  | 'CryptoKey'
  | 'DOMMatrixReadOnly'
  | 'DOMPointReadOnly'
  | 'DOMQuad'
  | 'DOMRectReadOnly'
  | 'EncodedAudioChunk'
  | 'EncodedVideoChunk'
  | 'FileList'
  | 'FileSystemHandle'
  | 'ImageBitmap'
  | 'ImageData'
  | 'MediaStreamTrack'
  | 'MessagePort'
  | 'OffscreenCanvas'
  | 'ReadableStream'
  | 'RTCCertificate'
  | 'RTCDataChannel'
  | 'TransformStream'
  | 'VideoFrame'
  | 'WritableStream'

/** A class of the platform, where there is one of that name: pages have more than Node. */
type OfPlatform<Name> = Name extends string
  ? typeof globalThis extends Record<Name, { prototype: infer Instance }>
    ? Instance
    : never
  : never
