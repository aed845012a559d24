import { openChannel } from '../../../templates/base/src/ports/channel.ts'
import { type Client, type Order, type Subject, service } from '../subject.ts'

interface Service {
  echo(value: unknown): Promise<unknown>
  items(...order: Order): AsyncIterable<unknown>
}

/** The kernel of every generated project. */
export const ours: Subject = {
  name: 'ours',
  connect(port) {
    const { call, stream } = openChannel<Service>(port)
    return { echo: call.echo as Client['echo'], items: stream.items }
  },
  serve(port) {
    openChannel(port, service)
  },
}
