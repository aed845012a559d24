/** A utility process's half of the hand-off. Main's is in `utilities.ts`. */
import type { MessagePortMain } from 'electron'
import { ipc, isReply } from './handoff'
import { HandoffClient, type Ports } from './handoff-client'

const { parentPort } = process

const client = new HandoffClient<MessagePortMain>({
  open: (ask) => parentPort.postMessage({ type: ipc.open, ...ask }),
  accept: (ask) => parentPort.postMessage({ type: ipc.accept, ...ask }),
  withdraw: (nonce) => parentPort.postMessage({ type: ipc.withdraw, nonce }),
})

parentPort.on('message', ({ data, ports: [port] }) => {
  if (isReply(data)) client.receive(data, port)
})

/** How this utility process comes by its ports. */
export const ports: Ports<MessagePortMain> = client
