import type { MessageChannel } from 'node:worker_threads'
import type { PortLike } from '../../templates/base/src/ports/channel/port.ts'

/** A port as main has it, with nothing of the DOM's. */
export function asMainPort(port: MessageChannel['port1']): PortLike {
  return {
    on: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port.on(type as 'message', (data: unknown) => listener({ data })),
    start: () => port.start(),
    close: () => port.close(),
    postMessage: (post: unknown) => port.postMessage(post),
  } as unknown as PortLike
}
