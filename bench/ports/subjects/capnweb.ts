import { RpcTarget, newMessagePortRpcSession } from 'capnweb'
import { type Client, type Order, type Subject, service } from '../subject.ts'

class Service extends RpcTarget {
  echo(value: unknown): unknown {
    return service.echo(value)
  }

  items(...order: Order): ReadableStream<unknown> {
    const items = service.items(...order)
    // Not ReadableStream.from(): what Node makes by it is of a class that capnweb does not know.
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await items.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
  }
}

export const capnweb: Subject = {
  connect(port) {
    const remote = newMessagePortRpcSession<Service>(port)
    return {
      echo: ((value) => remote.echo(value)) as Client['echo'],
      async *items(...order) {
        const reader = (await remote.items(...order)).getReader()
        // Not `yield*`: Chromium iterates streams since 124 only.
        for (;;) {
          const { value, done } = await reader.read()
          if (done) return
          yield value
        }
      },
    }
  },
  serve(port) {
    newMessagePortRpcSession(port, new Service())
  },
}
