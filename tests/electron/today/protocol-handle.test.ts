import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'

const fixture = join(import.meta.dirname, '../fixture-app')

/** As the fixture has them, in bytes. */
const CHUNK = 65_536

/** In chunks: Electron 33 reads 55 MB ahead. */
const FAR_AHEAD = 2000

/** Beyond what the polyfill of 22 does as well: see `../protocol-handle.test.ts`. */
describeInElectron('The protocol.handle of Electron itself', ({ launch }) => {
  test('brings the range that a page asks for, and the part of the file back', async () => {
    const page = await openPage()
    const answer = await page.evaluate(async () => {
      const response = await fetch('/range', { headers: { range: 'bytes=2-4' } })
      const { status, headers } = response
      const [asked, given] = ['x-range', 'content-range'].map((name) => headers.get(name))
      return { status, asked, given, text: await response.text() }
    })
    expect(answer).toEqual({
      status: 206,
      asked: 'bytes=2-4',
      given: 'bytes 2-4/10',
      text: 'cde',
    })
  })

  test('pulls a stream as far ahead of its reader as a buffer holds, and no farther', async () => {
    const page = await openPage()
    await page.evaluate(async () => {
      const { body } = await fetch('/endless')
      const reader = body!.getReader()
      await reader.read()
      Reflect.set(window, 'reader', reader)
    })
    const ahead = await untilAtRest(page)
    expect(ahead).toBeLessThan(FAR_AHEAD)

    const bytes = await page.evaluate(async () => {
      const reader: ReadableStreamDefaultReader<Uint8Array> = Reflect.get(window, 'reader')
      let bytes = 0
      while (bytes < 200_000_000) bytes += (await reader.read()).value?.length ?? 0
      return bytes
    })
    const read = bytes / CHUNK
    const pulled = await untilAtRest(page)
    expect(pulled).toBeGreaterThanOrEqual(read)
    expect(pulled).toBeLessThan(read + FAR_AHEAD)

    await page.evaluate(() => Reflect.get(window, 'reader').cancel())
    await expect.poll(() => readNumber(page, '/cancelled')).toBe(1)
  })

  async function openPage(): Promise<Page> {
    const { app } = await launch(fixture)
    return app.firstWindow()
  }
})

/** How many chunks the handler was asked for, once it is asked for no more. */
async function untilAtRest(page: Page): Promise<number> {
  for (let before = -1; ;) {
    const pulled = await readNumber(page, '/pulled')
    if (pulled === before) return pulled
    before = pulled
    await page.waitForTimeout(500)
  }
}

function readNumber(page: Page, path: string): Promise<number> {
  return page.evaluate(async (url) => Number(await (await fetch(url)).text()), path)
}
