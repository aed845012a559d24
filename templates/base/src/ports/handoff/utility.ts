/** A utility process's half of the hand-off. Main's is in `utilities.ts`. */
import type { MessagePortMain } from 'electron'
import type { NodeLinks } from '../links'
import { isReply, toMain } from './handoff'
import { HandoffClient, type Ports } from './handoff-client'

const { parentPort } = process

const client = new HandoffClient<MessagePortMain>({
  open: (ask) => post({ type: toMain.open, ...ask }),
  accept: (ask) => post({ type: toMain.accept, ...ask }),
  withdraw: (nonce) => post({ type: toMain.withdraw, nonce }),
})

function post(message: object): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it is no window
  parentPort.postMessage(message)
}

parentPort.on('message', ({ data, ports: [port] }) => {
  if (isReply(data)) client.receive(data, port)
})

/** The ports of a utility process whose links are known: `const ports: UtilityPorts<LinksOf<'indexer'>>`. */
export type UtilityPorts<Links extends NodeLinks> = Ports<MessagePortMain, Links>

/** How this utility process comes by its ports, of whichever links. */
export const ports: Ports<MessagePortMain> = client
