import { describe, expect, test } from 'vitest'
import { meetHeld, newListener, newPage, upTo } from './held.ts'
import { meet, quiet } from './pair.ts'

/** How many large messages leave when five new channels have many. */
async function measureRoom(): Promise<number> {
  const meetings = upTo(5).map(() => meetHeld(newListener()))
  for (const { reader } of meetings) {
    for (const page of upTo(10)) reader.notify.note(newPage(page))
  }
  const left = meetings.map(({ countLarge }) => countLarge())
  for (const { release } of meetings) release()
  await quiet()
  return left.reduce((sum, count) => sum + count)
}

describe('The room of a channel is free again', () => {
  type Held = ReturnType<typeof meetHeld<ReturnType<typeof newListener>>>

  const ways: [how: string, pages: number, end: (held: Held) => void][] = [
    ['its other end is gone', 20, ({ ports }) => ports[1].close()],
    ['its other end is gone, and nothing waited', 8, ({ ports }) => ports[1].close()],
    ['its other end closes it', 20, ({ library }) => library.close()],
    ['its other end closes it, and nothing waited', 8, ({ library }) => library.close()],
    ['this end closes it, and nothing waited', 8, ({ reader }) => reader.close()],
    [
      'this end closes it, and the other reads',
      20,
      ({ reader, release }) => {
        reader.close()
        release()
      },
    ],
    [
      'this end closes it, and the other is gone',
      20,
      ({ reader, ports }) => {
        reader.close()
        ports[1].close()
      },
    ],
  ]

  test('from the start', async () => {
    expect(await measureRoom()).toBe(4 * 8 + 1)
  })

  test.each(ways)('when %s', async (_, pages, end) => {
    const before = await measureRoom()
    const held = meetHeld(newListener())
    for (const page of upTo(pages)) held.reader.notify.note(newPage(page))
    end(held)
    await quiet()
    held.library.close()
    expect(await measureRoom()).toBe(before)
  })

  test('when a hundred channels die at once', async () => {
    const before = await measureRoom()
    const meetings = upTo(100).map(() => meetHeld(newListener()))
    for (const { reader } of meetings) for (const _ of upTo(10)) reader.notify.note(newPage(1))
    for (const { library } of meetings) library.close()
    await quiet()
    expect(await measureRoom()).toBe(before)
  })

  test('when genuine ports are closed by this end', async () => {
    const before = await measureRoom()
    for (const _ of upTo(20)) {
      const { reader } = meet(newListener())
      for (const _ of upTo(20)) reader.notify.note(newPage(1))
      reader.close()
    }
    await quiet()
    expect(await measureRoom()).toBe(before)
  })
})
