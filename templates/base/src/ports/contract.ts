/**
 * A contract is a TypeScript interface: what one end of a link may ask of the other.
 *
 *   interface Library {
 *     find(title: string): Promise<Book>                     // a call: one answer
 *     pages(book: Book, signal: AbortSignal): AsyncIterable<Page>   // a stream: many answers, then an end
 *     opened(book: Book): void                               // a notification: no answer
 *   }
 *
 * Whoever serves it implements it as it stands; whoever uses it sees the three verbs below. An
 * AbortSignal among the arguments is joined to one at the other end.
 */
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
