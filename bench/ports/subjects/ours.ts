import { openChannel } from '../../../templates/base/src/ports/channel/channel.ts'
import { type Client, type Order, type Subject, service } from '../subject.ts'

interface Service {
  echo(value: unknown): Promise<unknown>
  items(...order: Order): AsyncIterable<unknown>
}

/** The kernel of every generated project. */
export const ours: Subject = {
  connect(port) {
    const channel = openChannel<Service>(port)
    return {
      echo: channel.call.echo as Client['echo'],
      items: channel.stream.items,
      itemsFarAhead: channel.with({ credit: 1000 }).stream.items,
    }
  },
  serve(port) {
    openChannel(port, service)
  },
}
