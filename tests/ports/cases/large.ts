/** Messages that take up much room. */
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { bytesOf, upTo } from './fixture.ts'
import { LARGE, readAll } from './helpers.ts'

export const large: Case[] = [
  {
    name: 'three hundred messages of 70 KB arrive in order, and so do their answers',
    async run({ channel: { call } }) {
      const order: number[] = []
      const ask = async (number: number): Promise<void> => {
        const page = bytesOf(LARGE, number)
        expectEqual(await call.echo(page), page)
        order.push(number)
      }
      await Promise.all(Array.from(upTo(300), ask))
      expectEqual(order, [...upTo(300)])
    },
  },
  {
    name: 'a message of 8 MB crosses, of bytes or of text',
    async run({ channel: { call } }) {
      for (const value of [bytesOf(8_000_000, 1), 'eight megabytes '.repeat(250_000)]) {
        const echoed = await call.echo(value)
        expectTrue(sizeOf(echoed) === sizeOf(value), 'it has the same size')
        expectEqual(await call.add(1, 2), 3)
      }
    },
  },
  {
    name: 'a stream may have large items',
    async run({ channel: { stream } }) {
      const pages = await readAll(stream.bigPages(50, LARGE))
      expectEqual(pages, [...Array.from(upTo(50), (page) => bytesOf(LARGE, page)), 'end'])
    },
  },
]

function sizeOf(value: unknown): number {
  return (value as Uint8Array).byteLength ?? (value as string).length
}
