/** What is moved rather than copied, where that can be. */
import { openChannel } from '../../../templates/base/src/ports/channel/channel.ts'
import { transfer } from '../../../templates/base/src/ports/channel/transfer.ts'
import type { Case } from './case.ts'
import { expectEqual } from './expect-equal.ts'
import { bytesOf, upTo } from './fixture.ts'
import { LARGE, codeFailing } from './helpers.ts'

export const moving: Case[] = [
  {
    name: 'a marked buffer is moved, and so is one that is answered',
    isFor: ({ moves }) => moves,
    async run({ channel: { call } }) {
      const page = bytesOf(LARGE, 1).buffer
      expectEqual(await call.echo(transfer(page)), bytesOf(LARGE, 1).buffer)
      expectEqual(page.byteLength, 0)
      expectEqual((await call.giveBuffer(LARGE)).byteLength, LARGE)
    },
  },
  {
    name: 'a marked buffer is moved behind large messages, too',
    isFor: ({ moves }) => moves,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const page = new ArrayBuffer(8)
      const answer = call.echo(transfer(page))
      expectEqual(page.byteLength, 0)
      expectEqual(((await answer) as ArrayBuffer).byteLength, 8)
    },
  },
  {
    name: 'a marked port is moved, and a channel can be opened over it',
    isFor: ({ moves }) => moves,
    async run({ channel: { call, notify } }) {
      for (const count of [0, 30]) {
        // The second one waits behind large messages.
        for (const number of upTo(count)) notify.note(number, bytesOf(LARGE, number))
        const { port1, port2 } = new MessageChannel()
        const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
        expectEqual(await call.visit(transfer(port2)), 'Emma is out.')
        await desk.closed
      }
    },
  },
  {
    name: 'the handle of a folder arrives as itself, though it can be iterated over',
    needsOneOrigin: true,
    isFor: ({ moves }) => moves,
    async run({ channel: { call } }) {
      // Node, whose threads play the cases too, has none.
      const folder = await globalThis.navigator?.storage?.getDirectory()
      if (!folder) return
      await folder.getFileHandle('Emma', { create: true })
      const echoed = (await call.echo(folder)) as FileSystemDirectoryHandle
      expectEqual(await echoed.isSameEntry(folder), true)
    },
  },
  {
    name: 'a buffer that cannot be moved there is refused, and stays',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call } }) {
      const page = new ArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(transfer(page))), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(page.byteLength, 8)
      expectEqual(await codeFailing(call.giveBuffer(8)), 'not-cloneable')
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a buffer that cannot be moved there is refused behind large messages, too',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const page = new ArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(transfer(page))), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
      expectEqual(page.byteLength, 8)
    },
  },
  {
    // It can be cloned within the process that has it, so that it may wait, but not leave.
    name: 'shared memory is refused behind large messages, too',
    isFor: ({ moves, toProcess }) => !moves && !toProcess,
    async run({ channel: { call, notify } }) {
      for (const number of upTo(30)) notify.note(number, bytesOf(LARGE, number))
      const shared = new SharedArrayBuffer(8)
      const answers = [call.add(1, 2), codeFailing(call.echo(shared)), call.add(3, 4)]
      expectEqual(await Promise.all(answers), [3, 'not-cloneable', 7])
    },
  },
  {
    name: 'a port that cannot be moved there is refused, and stays open',
    isFor: ({ moves }) => !moves,
    async run({ channel: { call } }) {
      const { port1, port2 } = new MessageChannel()
      expectEqual(await codeFailing(call.visit(transfer(port2))), 'not-cloneable')
      const desk = openChannel(port1, { ask: async (title: string) => `${title} is out.` })
      const visitor = openChannel<{ ask(title: string): Promise<string> }>(port2)
      expectEqual(await visitor.call.ask('Emma'), 'Emma is out.')
      visitor.close()
      await desk.closed
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a Blob is refused towards a process that would not get it',
    isFor: ({ toProcess }) => toProcess,
    async run({ channel: { call } }) {
      const blob = new Blob(['Emma'])
      const nested = [{ deep: [blob] }, new Map([[1, new Set([blob])]])]
      for (const value of [blob, ...nested, new Error('It has a picture.', { cause: blob })]) {
        expectEqual(await codeFailing(call.echo(value)), 'not-cloneable')
      }
      expectEqual(await call.add(1, 2), 3)
    },
  },
  {
    name: 'a Blob crosses',
    isFor: ({ moves }) => moves,
    async run({ channel: { call } }) {
      const echoed = (await call.echo(new Blob(['Emma']))) as Blob
      expectEqual(await echoed.text(), 'Emma')
    },
  },
]
