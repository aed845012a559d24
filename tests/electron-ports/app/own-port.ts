import type { MessagePortMain } from 'electron'
import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'
import { checkedPort } from './checked-port.ts'

/** A port of main or of a utility process, for a channel. */
export function ownPort(port: MessagePortMain, isChecked: boolean): PortLike {
  const bare = withoutLauncher(port)
  return isChecked ? checkedPort(bare) : bare
}

/**
 * The port as Electron has it: the launcher of the tests makes the class of ports check what is posted
 * (see `tests/electron/default-app`), so this one posts past its class.
 */
function withoutLauncher(port: MessagePortMain): MessagePortMain {
  const inner: MessagePortMain = Reflect.get(port, '_internalPort')
  const bare: Partial<MessagePortMain> = {
    on: port.on.bind(port),
    start: () => port.start(),
    close: () => port.close(),
    postMessage: (message, transfer) => inner.postMessage(message, transfer),
  }
  return bare as MessagePortMain
}
