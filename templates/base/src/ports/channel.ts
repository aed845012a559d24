import { Caller, type Post } from './caller'
import type { Calls, Notifications, Streams } from './contract'
import { PortError } from './errors'
import { type PortLike, listen } from './port'
import { type Message, isMessage } from './protocol'
import { Server } from './server'
import { transferListOf } from './transfer'

/**
 * Two ends that speak a contract over one port.
 *
 *          ┌ call · stream · notify ─▶ Caller ┐               ┌ Server ─▶ handlers
 *   code ──┤                                  ├── port ═ port ┤
 *          └ handlers ◀──────────────  Server ┘               └ Caller ◀─ …
 */
export interface Channel<Remote> {
  /** Methods that answer once: `await channel.call.find(title)`. */
  readonly call: Calls<Remote>
  /** Methods that answer many times: `for await (const page of channel.stream.pages(book, signal))`. */
  readonly stream: Streams<Remote>
  /** Methods that do not answer: `channel.notify.opened(book)`. */
  readonly notify: Notifications<Remote>
  /** Resolves, and never rejects, with the reason once either end has closed or is gone. */
  readonly closed: Promise<PortError>
  /** Ends the channel: what waits at either end fails with code `closed`. Closing twice is harmless. */
  close(reason?: string): void
}

/**
 * Opens a channel over any port and starts the port.
 *
 * @param port  A DOM MessagePort or a MessagePortMain that nobody else listens to.
 * @param handlers  What this end serves: an object that implements the contract the other end calls by.
 */
export function openChannel<Remote extends object>(
  port: PortLike,
  handlers: object = {},
): Channel<Remote> {
  let isClosed = false
  let resolveClosed: (reason: PortError) => void
  const closed = new Promise<PortError>((resolve) => (resolveClosed = resolve))

  const post: Post = (message, values = []) => {
    if (!isClosed) port.postMessage(message, transferListOf(values) as never[])
  }
  const caller = new Caller(post)
  const server = new Server(post, handlers)

  function end(reason: PortError): void {
    if (isClosed) return
    isClosed = true
    port.close()
    // First, so that a link looks for its next channel before a failed caller tries again.
    resolveClosed(reason)
    caller.close(reason)
    server.close(reason)
  }

  function receive(message: Message): void {
    switch (message.kind) {
      case 'result':
      case 'item':
      case 'end':
      case 'error':
        return caller.receive(message)
      case 'close':
        return end(new PortError('closed', `The other end closed the port: ${message.reason}`))
      default:
        return server.receive(message)
    }
  }

  listen(
    port,
    (data) => !isClosed && isMessage(data) && receive(data),
    () => end(new PortError('closed', 'The other end of the port is gone.')),
  )

  return {
    call: verb((method, args) => caller.call(method, args)) as Calls<Remote>,
    stream: verb((method, args) => caller.stream(method, args)) as Streams<Remote>,
    notify: verb((method, args) => caller.notify(method, args)) as Notifications<Remote>,
    closed,
    close(reason = 'it is no longer needed.') {
      // Said in words too: outside Electron a DOM port's `close` event is not to be relied upon.
      post({ kind: 'close', reason })
      end(new PortError('closed', `This end closed the port: ${reason}`))
    },
  }
}

/** An object on which every name is a method that ends in `send`. */
function verb(send: (method: string, args: unknown[]) => unknown): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        // A verb is not a promise, though `await` would ask it.
        if (typeof name === 'symbol' || name === 'then') return undefined
        return (...args: unknown[]) => send(name, args)
      },
    },
  )
}
