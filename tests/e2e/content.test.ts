import { cp, mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import type { RunningApp } from '../electron/launch.ts'
import { pageOf } from './darkroom.ts'

const MB = 1024 * 1024

/** Far more than anybody holds in memory. */
const SIZE = 600 * MB

const isLinux = process.platform === 'linux'

describeInElectron('A large file of the app', ({ launch }) => {
  let project: string

  /** A copy of what was built, with a file that takes no room on the disk. */
  beforeAll(async () => {
    const built = inject('workerWindowProject')
    project = await mkdtemp(join(tmpdir(), 'create-electron-ports-e2e-content-'))
    for (const part of ['package.json', 'out']) {
      await cp(join(built, part), join(project, part), { recursive: true })
    }
    const file = join(project, 'out/renderer/app/large.bin')
    await writeFile(file, '')
    await truncate(file, SIZE)
  })
  afterAll(() => rm(project, { recursive: true, force: true, maxRetries: 3 }))

  test('is read by a page to its end, and main never holds more than a part of it', async () => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    const before = await app.evaluate(() => {
      const rss = process.memoryUsage.rss()
      Reflect.set(globalThis, 'peak', rss)
      setInterval(() => {
        const peak = Math.max(Reflect.get(globalThis, 'peak'), process.memoryUsage.rss())
        Reflect.set(globalThis, 'peak', peak)
      }, 20)
      return rss
    })
    const bytes = await page.evaluate(async () => {
      const { body } = await fetch('/app/large.bin')
      const reader = body!.getReader()
      let bytes = 0
      for (;;) {
        const { value } = await reader.read()
        if (!value) return bytes
        bytes += value.length
      }
    })
    expect(bytes).toBe(SIZE)
    const peak = await app.evaluate(() => Number(Reflect.get(globalThis, 'peak')))
    expect(peak - before).toBeLessThan(200 * MB)
  })

  test.runIf(isLinux)(
    'waits for pages that read slowly, and is closed when they stop',
    async () => {
      const running = await launch(project)
      const page = await pageOf(running.app, 'app')
      const openFiles = (): Promise<number> => countOpen(running, 'large.bin')

      await beginToRead(page, 3)
      expect(await openFiles()).toBe(3)
      await page.evaluate(() => {
        for (const reader of Reflect.get(window, 'readers')) reader.cancel()
      })
      await expect.poll(openFiles).toBe(0)

      await beginToRead(page, 3)
      await page.reload()
      await expect.poll(openFiles).toBe(0)
    },
  )
})

/** Reads the first bytes of so many responses, and leaves it at that. */
function beginToRead(page: Page, times: number): Promise<void> {
  return page.evaluate(async (times) => {
    const begun = Array.from({ length: times }, async () => {
      const { body } = await fetch('/app/large.bin')
      const reader = body!.getReader()
      await reader.read()
      return reader
    })
    Reflect.set(window, 'readers', await Promise.all(begun))
  }, times)
}

/** How often the app has a file of that name open. */
async function countOpen({ processes }: RunningApp, name: string): Promise<number> {
  let count = 0
  for (const { pid } of await processes()) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
      if (target.endsWith(`/${name}`)) count += 1
    }
  }
  return count
}
