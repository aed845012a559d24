/** Where the requests of utility processes come in. The other half is `utility.ts`. */
import type { UtilityProcess } from 'electron'
import type { Broker } from './broker'
import { toMain } from './handoff'
import type { Member } from './member'

/**
 * Lets a utility process ask for the links of `node`, until it exits. Returns how to end that before: to be called
 * when it is about to be killed, or it may be given ports that it does not live to use.
 *
 * @param key  Which one it is, where there are many of the node.
 * @throws TypeError when the node is one of many and has no key, or the other way round.
 */
export function admitUtility(
  broker: Broker,
  node: string,
  child: UtilityProcess,
  key?: string,
): () => void {
  broker.check({ node, key })
  let isGone = false
  const member: Member = {
    node,
    key,
    isPage: false,
    post: (reply, port) => child.postMessage(reply, port ? [port] : []),
  }
  const dismiss = (): void => {
    isGone = true
    broker.leave(member)
  }
  child.on('spawn', () => {
    if (!isGone) broker.enter(member)
  })
  child.on('message', (data: unknown) => {
    // A post to a child that is exiting can crash main (electron/electron#53923).
    if (isGone) return
    const { type, nonce } = Object(data) as { type?: unknown; nonce?: unknown }
    if (type === toMain.open) broker.ask(member, 'from', data)
    if (type === toMain.accept) broker.ask(member, 'to', data)
    if (type === toMain.withdraw && typeof nonce === 'string') broker.forget(member, nonce)
  })
  child.on('exit', dismiss)
  return dismiss
}
