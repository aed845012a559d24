import type { Ask } from './caller'
import type { Calls, Notifications, Streams } from './contract'
import type { CallOptions } from './options'

/** How the methods of a contract are used from the other end. */
export interface Verbs<Remote> {
  /** Methods that answer once: `await channel.call.find(title)`. */
  readonly call: Calls<Remote>
  /** Methods that answer many times: `for await (const page of channel.stream.pages(book, signal))`. */
  readonly stream: Streams<Remote>
  /** Methods that do not answer: `channel.notify.opened(book)`. */
  readonly notify: Notifications<Remote>
  /** The same, on other terms: `channel.with({ timeout: 5000 }).call.find(title)`. */
  with(terms: CallOptions): Verbs<Remote>
}

/**
 * Gives the methods of a contract their names.
 *
 * @param ask  Who is to be asked at the moment.
 */
export function verbsOf<Remote>(ask: () => Ask, terms: CallOptions): Verbs<Remote> {
  return {
    call: named((method, args) => ask().call(method, args, terms)) as Calls<Remote>,
    stream: named((method, args) => ask().stream(method, args, terms)) as Streams<Remote>,
    notify: named((method, args) => ask().notify(method, args)) as Notifications<Remote>,
    with: (more) => verbsOf(ask, { ...terms, ...more }),
  }
}

/**
 * Names by which the language, frameworks and tests find out what an object is, and which some call at once: a
 * promise, JSON, a matcher, or what only tools name so. What every object has is not asked for at the other end either.
 */
const NEVER_CALLED = /^([_$@].*|then|catch|finally|toJSON|asymmetricMatch)$/

/** An object on which every other name is a method that ends in `send`. */
function named(send: (method: string, args: unknown[]) => unknown): object {
  return new Proxy(
    {},
    {
      get(target, name) {
        if (typeof name === 'symbol' || name in target || NEVER_CALLED.test(name)) {
          return target[name as never]
        }
        return (...args: unknown[]) => send(name, args)
      },
    },
  )
}
