import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { type RouterClient, os, type } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { type Client, type Order, type Subject, service } from '../subject.ts'

const router = {
  echo: os.input(type<unknown>()).handler(({ input }) => service.echo(input)),
  items: os.input(type<Order>()).handler(({ input }) => service.items(...input)),
}

export const orpc: Subject = {
  connect(port) {
    const link = new RPCLink({ port, experimental_transfer: listForBytes })
    const client: RouterClient<typeof router> = createORPCClient(link)
    port.start()
    return {
      echo: client.echo as Client['echo'],
      async *items(...order) {
        yield* await client.items(order)
      },
    }
  },
  serve(port) {
    const handler = new RPCHandler(router, { experimental_transfer: listForBytes })
    handler.upgrade(port)
    port.start()
  },
}

/**
 * Without a transfer list a message becomes a string of JSON, which holds no bytes. An empty list
 * has the port clone it; not for everything, for an answer that is a stream cannot be cloned.
 */
function listForBytes(message: readonly unknown[]): object[] | undefined {
  const { body, data } = message[2] as Record<'body' | 'data', { json?: unknown } | undefined>
  return (body ?? data)?.json instanceof Uint8Array ? [] : undefined
}
