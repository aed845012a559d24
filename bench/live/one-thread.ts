import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Place, ask, valueOf } from '../ports/place.ts'

/** Two ends in one thread of Node. */
export const oneThread: Place = {
  name: 'two ends in one thread',
  engine: `Node ${process.version}`,
  isForeign: false,
  async open(state) {
    const child = fork(fileURLToPath(new URL('host.js', import.meta.url)), [state])
    return {
      subject: state,
      measure: async (task) => valueOf(await ask(child, task)),
      close: () => child.connected && child.disconnect(),
    }
  },
  async close() {},
}
