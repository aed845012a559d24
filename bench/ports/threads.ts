import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Place, ask, valueOf } from './place.ts'

/** Two threads of one process of Node; every subject has a process of its own. */
export const threads: Place = {
  name: 'two threads',
  engine: `Node ${process.version}`,
  isForeign: false,
  async open(subject) {
    const child = fork(fileURLToPath(new URL('host.js', import.meta.url)), [subject])
    return {
      subject,
      measure: async (task) => valueOf(await ask(child, task)),
      close: () => child.connected && child.disconnect(),
    }
  },
  async close() {},
}
