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
 * Whoever serves it implements it as it stands; whoever uses it sees the three verbs below. An
 * AbortSignal among the arguments is joined to one at the other end.
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
  ]: Contract[Name]
}

/** The methods of a contract that answer many times. */
export type Streams<Contract> = {
  [
    Name in keyof Contract as Returns<Contract[Name], AsyncIterable<unknown>> extends true
      ? Name
      : never
  ]: Contract[Name]
}

/** The methods of a contract that do not answer. */
export type Notifications<Contract> = {
  [
    Name in keyof Contract as Returns<Contract[Name], void> extends true ? Name : never
  ]: Contract[Name]
}
