import { Serializer } from 'node:v8'
import type { MessagePortMain } from 'electron'
import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'

/** Fixed by electron/electron#42535 in 32.0.0, and in later releases of 30 and 31. */
const closesOnFailure = Number.parseInt(process.versions.electron, 10) < 32

/**
 * A port of the main process or of a utility process, for a channel.
 *
 * Before Electron 32 such a port throws and, which no port should, closes at both ends when it is
 * given what cannot be cloned: one bad argument would end the channel. There every message is tried
 * first, and the port never sees a bad one. From 32 on the port needs no help, and is returned as it is.
 */
export function checkedPort(port: MessagePortMain): PortLike {
  if (!closesOnFailure) return port
  return {
    on: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port.on(type as 'message', listener),
    start: () => port.start(),
    close: () => port.close(),
    postMessage(message, transfer) {
      // Refuses what Electron's own refuses. To take its bytes out, as `v8.serialize` does, would
      // crash Electron 22 after some hundred messages.
      new Serializer().writeValue(message)
      port.postMessage(message, transfer)
    },
  }
}
