/** Where the requests of utility processes come in. The other half is `utility.ts`. */
import type { UtilityProcess } from 'electron'
import type { Broker, Member } from './broker'
import { ipc } from './handoff'

/** Lets a utility process ask for the links of `node`, until it exits. */
export function admitUtility(broker: Broker, node: string, child: UtilityProcess): void {
  let isGone = false
  const member: Member = {
    node,
    isPage: false,
    post(reply, port) {
      // A post to a child that is exiting can crash main (electron/electron#53923).
      if (isGone) throw new Error(`The utility process "${node}" is gone.`)
      child.postMessage(reply, port ? [port] : [])
    },
  }
  child.on('message', (data: unknown) => {
    const { type, nonce } = Object(data) as { type?: unknown; nonce?: unknown }
    if (type === ipc.open) broker.ask(member, 'from', data)
    if (type === ipc.accept) broker.ask(member, 'to', data)
    if (type === ipc.withdraw && typeof nonce === 'string') broker.forget(member, nonce)
  })
  child.on('exit', () => {
    isGone = true
    broker.forget(member)
  })
}
