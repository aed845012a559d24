import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from 'vitest'
import { type Meeting, meet, newDeferred, outcome, quiet, readAll } from './pair.ts'

/** A library on the link `books`, in which much goes wrong. */
function newLibrary() {
  return {
    async crash(book?: { pages: { last: number } }) {
      return book!.pages.last
    },
    async refuse() {
      throw Object.assign(new RangeError('Only members may.'), { code: 'NO_MEMBER' })
    },
    async sayNo() {
      throw new Error('It is lent.')
    },
    wait: () => gate.promise,
    answer: async () => lend as unknown,
    async *read(): AsyncGenerator<unknown, void> {
      yield 'page 1'
      yield lend
    },
    async *crashLater(): AsyncGenerator<string, void> {
      yield 'page 1'
      missing()
    },
    async *pause() {
      await gate.promise
      yield 'page 1'
    },
    note: (_page: unknown): void => missing(),
  }
}

function lend(): void {}

function missing(): never {
  throw new ReferenceError('shelf is not defined')
}

let shown: Mock
/** Opens after the test, for who waits. */
let gate: ReturnType<typeof newDeferred<void>>

beforeEach(() => {
  shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  gate = newDeferred()
})
afterEach(() => {
  gate.resolve()
  vi.restoreAllMocks()
})

const meetOnLink = () => meet(newLibrary(), { link: 'books' })

/** What is said of a failure. */
async function wordsOf(promise: Promise<unknown>): Promise<string> {
  const { error } = (await outcome(promise)) as { error: Error }
  return error.message
}

describe('What a failure says names the link and the method', () => {
  test('where nobody serves it', async () => {
    const { call } = meetOnLink().reader as unknown as { call: { nope(): Promise<void> } }
    expect(await wordsOf(call.nope())).toBe(
      '"books.nope" has no handler at the other end of the port.',
    )
  })

  test('where it takes too long', async () => {
    const { reader } = meetOnLink()
    const { call, stream } = reader.with({ timeout: 10 })
    expect(await wordsOf(call.wait())).toBe('"books.wait" was not answered within 10 ms.')
    expect(await readAll(stream.pause())).toMatchObject([
      { message: 'Nothing came from "books.pause" for 10 ms.' },
    ])
  })

  test('where an argument, an answer or an item cannot cross', async () => {
    const { reader } = meetOnLink()
    const cannot = 'was not sent, for it cannot cross this port: DataCloneError: '
    const { crash } = reader.call as unknown as { crash(value: unknown): Promise<void> }
    expect(await wordsOf(crash(lend))).toContain(`"books.crash" ${cannot}`)
    expect(await wordsOf(reader.call.answer())).toContain(`An answer to "books.answer" ${cannot}`)
    const [, error] = await readAll(reader.stream.read())
    expect((error as Error).message).toContain(`An answer to "books.read" ${cannot}`)
    expect(() => reader.notify.note(lend)).toThrow(`"books.note" ${cannot}`)
  })

  test('where a notification fails, which only the end that hears it learns', async () => {
    const { reader } = meetOnLink()
    reader.notify.note(1)
    await quiet()
    expect(shown.mock.calls).toEqual([
      [expect.stringMatching(/^The notification "books.note" failed: ReferenceError: shelf/)],
    ])
  })
})

describe('A mistake in a handler is shown where it was made', () => {
  test('of a call and of a stream, with its link and method, and still answered', async () => {
    const { reader } = meetOnLink()
    expect(await wordsOf(reader.call.crash())).toContain('Cannot read properties')
    expect(await readAll(reader.stream.crashLater())).toMatchObject([
      'page 1',
      { name: 'ReferenceError' },
    ])
    const lines = shown.mock.calls.map(([line]) => line as string)
    expect(lines).toEqual([
      expect.stringMatching(/^"books.crash" failed: TypeError: Cannot read/),
      expect.stringMatching(/^"books.crashLater" failed: ReferenceError: shelf/),
    ])
    for (const line of lines) expect(line).toContain(import.meta.filename)
  })

  test('but not what a handler says by an error of its own', async () => {
    const { reader } = meetOnLink()
    expect(await wordsOf(reader.call.refuse())).toBe('Only members may.')
    expect(await wordsOf(reader.call.sayNo())).toBe('It is lent.')
    expect(shown).not.toHaveBeenCalled()
  })

  test('a hundred times at most', async () => {
    const { reader } = meetOnLink()
    await Promise.all(Array.from({ length: 150 }, () => outcome(reader.call.crash())))
    expect(shown).toHaveBeenCalledTimes(100)
  })
})

describe('In development a stack', () => {
  function askHere({ call }: Meeting<ReturnType<typeof newLibrary>, object>['reader']) {
    return outcome(call.crash()) as Promise<{ error: Error }>
  }

  test('has both ends in it: where it failed, and who asked', async () => {
    const { reader } = meetOnLink()
    const { error } = await askHere(reader)
    const [there, here] = error.stack!.split('At this end: "books.crash" was asked for')
    expect(there).toMatch(/^TypeError: Cannot read properties of undefined[^]*at .*crash/)
    expect(here).toContain('askHere')
  })

  test('of a call that took too long tells who asked', async () => {
    const { reader } = meetOnLink()
    async function waitHere(): Promise<unknown> {
      return outcome(reader.with({ timeout: 10 }).call.wait())
    }
    const { error } = (await waitHere()) as { error: Error }
    expect(error.stack).toContain('At this end: "books.wait" was asked for')
    expect(error.stack).toContain('waitHere')
  })

  test('of the end of a channel, which fails many at once, is left as it is', async () => {
    const { reader } = meetOnLink()
    const waiting = [outcome(reader.call.wait()), outcome(reader.call.wait())]
    reader.close()
    const [one, other] = (await Promise.all(waiting)) as [{ error: Error }, { error: Error }]
    expect(one.error).toBe(other.error)
    expect(one.error.stack).not.toContain('was asked for')
  })

  test('elsewhere tells of neither, and the mistake is shown where it was made all the same', async () => {
    vi.stubEnv('DEV', false)
    const { error } = await askHere(meetOnLink().reader)
    vi.unstubAllEnvs()
    expect(error.stack).not.toContain('askHere')
    expect(error.stack).not.toContain(import.meta.filename)
    expect(shown).toHaveBeenCalledOnce()
  })
})
