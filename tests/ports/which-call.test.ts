import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from 'vitest'
import { type Meeting, meet, newDeferred, outcome, readAll } from './pair.ts'

/** A library in which much goes wrong. */
function newLibrary() {
  return {
    async crash(book?: { pages: { last: number } }) {
      return book!.pages.last
    },
    async *crashLater(): AsyncGenerator<string, void> {
      yield 'page 1'
      missing()
    },
    async refuse() {
      throw Object.assign(new RangeError('Only members may.'), { code: 'NO_MEMBER' })
    },
    async sayNo() {
      throw new Error('It is lent.')
    },
    wait: () => gate.promise,
  }
}

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

describe('In development a mistake in a handler is shown where it was made', () => {
  test('of a call and of a stream, with link and method, and is answered as ever', async () => {
    const { reader } = meetOnLink()
    expect(await outcome(reader.call.crash())).toMatchObject({ error: { name: 'TypeError' } })
    const pages = await readAll(reader.stream.crashLater())
    expect(pages).toMatchObject(['page 1', { name: 'ReferenceError' }])
    const lines = shown.mock.calls.map(([line]) => line as string)
    expect(lines).toEqual([
      expect.stringMatching(/^"books.crash" failed: TypeError: Cannot read/),
      expect.stringMatching(/^"books.crashLater" failed: ReferenceError: shelf/),
    ])
    for (const line of lines) expect(line).toContain(import.meta.filename)
  })

  test('but not what a handler says by an error of its own', async () => {
    const { reader } = meetOnLink()
    expect(await outcome(reader.call.refuse())).toMatchObject({ error: { code: 'NO_MEMBER' } })
    expect(await outcome(reader.call.sayNo())).toMatchObject({ error: { message: 'It is lent.' } })
    expect(shown).not.toHaveBeenCalled()
  })
})

describe('In development a stack', () => {
  function askHere({ call }: Meeting<ReturnType<typeof newLibrary>, object>['reader']) {
    return outcome(call.crash()) as Promise<{ error: Error }>
  }

  test('has both ends in it: where it failed, and who asked for which method', async () => {
    const { error } = await askHere(meetOnLink().reader)
    const [there, here] = error.stack!.split('At this end: "books.crash" was asked for')
    expect(there).toMatch(/^TypeError: Cannot read properties of undefined/)
    expect(there).toMatch(/at .*crash/)
    expect(here).toContain('askHere')
  })

  test('of a call without a handler says which, with its link', async () => {
    const { call } = meetOnLink().reader as unknown as { call: { nope(): Promise<void> } }
    const { error } = (await outcome(call.nope())) as { error: Error }
    expect(error.stack).toContain('At this end: "books.nope" was asked for')
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

  test('elsewhere tells of neither, and nothing is shown', async () => {
    vi.stubEnv('DEV', false)
    const { error } = await askHere(meetOnLink().reader)
    vi.unstubAllEnvs()
    expect(error.stack).not.toContain('askHere')
    expect(error.stack).not.toContain(import.meta.filename)
    expect(shown).not.toHaveBeenCalled()
  })
})
