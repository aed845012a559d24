import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'
import { answerDialogs, holdDialogs } from './dialogs.ts'
import { crashAgainAndAgain } from './crash.ts'
import { countListeners, countListenersOfMain, expectListenersAsBefore } from './measure.ts'
import { SIGNAL, askRaw } from './raw-channel.ts'
import { ask, loadInAppWindow, openBarePage } from './raw-ports.ts'
import { useProject } from './use-project.ts'

describeInElectron('A project with a main port', ({ launch, env }) => {
  const project = useProject(['main-port'], env)
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'main-port-'))
    await writeFile(join(folder, 'notes.txt'), 'one')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const open = async (): Promise<{ app: ElectronApplication; page: Page }> => {
    const { app } = await launch(project())
    const page = await pageOf(app, 'app')
    await page.locator('.link[data-state=connected]').waitFor()
    return { app, page }
  }
  const openFolder = async (app: ElectronApplication, page: Page): Promise<void> => {
    await answerDialogs(app, folder)
    await page.click('.main-port .choose')
    await page.getByRole('button', { name: 'notes.txt' }).waitFor()
  }
  const about = (page: Page): Promise<string | null> =>
    page.locator('.main-port .status').textContent()

  test('says what is wrong with a folder, and goes on', async () => {
    const { app, page } = await open()
    await mkdir(join(folder, 'empty'))
    await mkdir(join(folder, 'many'))
    await mkdir(join(folder, 'vanishing'))
    for (let index = 0; index < 1200; index++) await writeFile(join(folder, `many/${index}`), '')
    await openFolder(app, page)
    const enter = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click()
    await rm(join(folder, 'vanishing'), { recursive: true })
    await enter('vanishing')
    await expect
      .poll(() => about(page))
      .toBe('"vanishing" is not (any more) in the folder that was chosen.')
    await enter('empty')
    await expect.poll(() => about(page)).toBe('This folder is empty.')
    await enter('..')
    await enter('many')
    await expect.poll(() => about(page)).toBe('The first 1000 of 1200 entries.')
    await enter('..')
    await enter('notes.txt')
    await expect.poll(() => page.locator('.main-port .text').textContent()).toBe('one')
  })

  test('leaves all as it was when the choice is cancelled, or the folder is gone', async () => {
    const { app, page } = await open()
    await answerDialogs(app, undefined)
    await page.click('.main-port .choose')
    await answerDialogs(app, join(folder, 'nowhere'))
    await page.click('.main-port .choose')
    await expect.poll(() => about(page)).toMatch(/nowhere" is not there/)
    expect(await page.locator('.main-port .path').textContent()).toBe('No folder is open')
    await openFolder(app, page)
  })

  test('shows one dialog, however often it is asked', async () => {
    const { app, page } = await open()
    const dialogs = await holdDialogs(app)
    for (let click = 1; click <= 3; click++) await page.click('.main-port .choose')
    await page.click('.main-port .app-folder') // answered after the others were heard
    await page.getByRole('button', { name: 'package.json' }).waitFor()
    expect(await dialogs.count()).toBe(1)
    await dialogs.cancel()
    await page.click('.main-port .choose')
    await expect.poll(dialogs.count).toBe(2)
  })

  test('reads no more than the start of a huge file, no pipe, and no bytes as text', async () => {
    const { app, page } = await open()
    await writeFile(join(folder, 'huge.txt'), 'x'.repeat(50_000_000))
    await writeFile(join(folder, 'picture.png'), Buffer.from([137, 80, 78, 71, 0, 1]))
    await writeFile(join(folder, 'empty.txt'), '')
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await openFolder(app, page)
    const shown = (): Promise<string | null> => page.locator('.main-port .text').textContent()
    await page.getByRole('button', { name: 'huge.txt' }).click()
    await expect.poll(async () => (await shown())?.length).toBe(4096)
    await page.getByRole('button', { name: 'picture.png' }).click()
    await expect.poll(shown).toBe('(no text)')
    await page.getByRole('button', { name: 'empty.txt' }).click()
    await expect.poll(shown).toBe('(empty)')
    expect(await page.getByRole('button', { name: 'pipe' }).isDisabled()).toBe(true)
  })

  test('main lets nobody out of the folder, whatever the page says', async () => {
    const { app, page } = await open()
    await openFolder(app, page)
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const bare = await openBarePage(app, 'app')
    await ask(bare, 'open', 'files')
    for (const path of [
      '..',
      '../..',
      '/etc',
      'notes.txt/../..',
      '\0',
      7,
      null,
      {},
      ['..'],
      undefined,
    ]) {
      expect(await askRaw(bare, ['call', 'list', path])).toMatchObject(['error', {}])
    }
    expect(await askRaw(bare, ['call', 'list', ''])).toMatchObject(['result', { count: 2 }])
    const signal = { 1: SIGNAL }
    for (const path of ['../x', 7]) {
      const answer = await askRaw(bare, ['stream', 'watchFile', 8, path, null], signal)
      expect(answer).toMatchObject(['error', {}])
    }
    expect(await askRaw(bare, ['stream', 'watchFile', 8, 'pipe', null], signal)).toMatchObject([
      'items',
      { problem: '"pipe" is no file.' },
    ])
    for (const every of ['often', Number.NaN, undefined, null]) {
      const answer = await askRaw(bare, ['stream', 'watchSystem', 8, every, null], signal)
      expect(answer).toMatchObject(['error', {}])
    }
    expect(await askRaw(bare, ['call', 'constructor'])).toMatchObject([
      'error',
      { fields: { code: 'no-handler' } },
    ])
  })

  test('says the same of what is outside, and of what is nowhere', async () => {
    const { app, page } = await open()
    await openFolder(app, page)
    const bare = await openBarePage(app, 'app')
    await ask(bare, 'open', 'files')
    const up = '../'.repeat(20)
    for (const path of ['etc/passwd', 'etc/passwdX', 'nowhere'].map((each) => up + each)) {
      const message = `"${path}" is not (any more) in the folder that was chosen.`
      expect(await askRaw(bare, ['call', 'list', path])).toMatchObject(['error', { message }])
    }
  })

  test('holds nothing for a page that gives no signal', async () => {
    const { app, page } = await open()
    await openFolder(app, page)
    const before = await countWatches(app)
    const bare = await openBarePage(app, 'app')
    await ask(bare, 'open', 'files')
    for (let count = 0; count < 20; count++) {
      for (const signal of [[], [null], [{}], ['signal']]) {
        const answer = await askRaw(bare, ['stream', 'watchFile', 8, 'notes.txt', ...signal])
        expect(answer).toMatchObject(['error', { name: 'TypeError' }])
      }
    }
    expect(await countWatches(app)).toBe(before)
  })

  test('stops watching for a page that chose another file, or has gone', async () => {
    const { app, page } = await open()
    await writeFile(join(folder, 'other.txt'), 'other')
    await openFolder(app, page)
    const before = await countWatches(app)
    for (const name of ['notes.txt', 'other.txt', 'notes.txt', 'other.txt']) {
      await page.getByRole('button', { name }).click()
      await expect.poll(() => about(page)).toContain(name)
    }
    await expect.poll(() => countWatches(app)).toBe(before + 1)
    await page.reload()
    await expect.poll(() => countWatches(app)).toBe(before)
  })

  test('answers on a port that the page made whatever was posted before main started it, in order', async () => {
    const { page } = await open()
    const { answers } = await knock(page, 10_000)
    expect(answers).toEqual(Array.from({ length: 10_000 }, (_, index) => index))
  })

  test('takes 16 such ports, closes the next at once, and counts down as they close', async () => {
    const { page } = await open()
    const hold = (): Promise<string> =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel()
            port1.addEventListener('message', ({ data }) => resolve(String(data.hearers)))
            port1.addEventListener('close', () => resolve('closed'))
            port1.start()
            port1.postMessage({ sentAt: 0 })
            postMessage('own-port', location.origin, [port2])
            const ports = (Reflect.get(window, 'held') as MessagePort[] | undefined) ?? []
            Reflect.set(window, 'held', [...ports, port1])
          }),
      )
    for (let count = 1; count <= 16; count++) expect(await hold()).toBe(String(count))
    expect(await hold()).toBe('closed')
    await page.evaluate(() => (Reflect.get(window, 'held') as MessagePort[])[0]?.close())
    await expect.poll(hold).toBe('16')
    await page.reload()
    await expect.poll(async () => (await knock(page, 1)).hearers).toBe(1)
  })

  test('lives through what is no knock, and answers what is', async () => {
    const { page } = await open()
    const answer = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', ({ data }) => resolve(data.sentAt))
          port1.start()
          for (const junk of [null, undefined, 'x', [], {}, { sentAt: 'x' }, new Uint8Array(9)]) {
            port1.postMessage(junk)
          }
          port1.postMessage({ sentAt: 7 })
          postMessage('own-port', location.origin, [port2])
          postMessage('own-port', location.origin)
        }),
    )
    expect(answer).toBe(7)
  })

  test('a page of another origin in the same window gets no answer on a port of its own', async () => {
    const { app, page } = await open()
    await loadInAppWindow(app, 'data:text/html,<p>Elsewhere')
    const outcome = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve('answered'))
          port1.addEventListener('close', () => resolve('closed'))
          port1.start()
          port1.postMessage({ sentAt: 0 })
          postMessage('own-port', '*', [port2])
        }),
    )
    expect(outcome).toBe('closed')
  })

  test('a hundred reloads and twenty crashes leave the link as it was, and nothing behind', async () => {
    const { app, page } = await open()
    await knock(page, 1)
    const before = await countListeners(app, page)
    const watches = await countWatches(app)
    for (let count = 0; count < 100; count++) await page.reload()
    await page.locator('.link[data-state=connected]').waitFor()
    await expectListenersAsBefore(app, page, before)

    expect(await crashAgainAndAgain(app, 'app', 20)).toEqual(Array(20).fill('connected'))
    expect(await countListenersOfMain(app)).toEqual(before.main)
    expect(await countWatches(app)).toBe(watches)
  }, 300_000)

  test('ends with its window, also in the middle of a hand-off', async () => {
    const { app, page } = await open()
    const ended = new Promise((resolve) => app.process().once('exit', resolve))
    await page.evaluate(() => {
      const bridge = Reflect.get(window, 'portsBridge')
      for (let count = 0; count < 50; count++) {
        bridge.open({ link: 'files', nonce: `nonce ${count}` })
        postMessage('own-port', location.origin, [new MessageChannel().port2])
      }
    })
    await app.evaluate(({ BrowserWindow }) => {
      setTimeout(() => BrowserWindow.getAllWindows().forEach((window) => window.destroy()))
    })
    expect(await ended).toBe(0)
  })
})

/** How many folders main and Electron watch, as the kernel of Linux has it. */
async function countWatches(app: ElectronApplication): Promise<number> {
  const folder = `/proc/${app.process().pid}/fdinfo`
  const texts = await Promise.all(
    (await readdir(folder)).map((fd) => readFile(join(folder, fd), 'utf8').catch(() => '')),
  )
  return texts.join('\n').match(/^inotify/gm)?.length ?? 0
}

/** Posts so many messages, then sends main the other end of the channel. */
function knock(page: Page, times: number): Promise<{ answers: number[]; hearers: number }> {
  return page.evaluate(
    (count) =>
      new Promise((resolve) => {
        const answers: number[] = []
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', ({ data }) => {
          answers.push(data.sentAt)
          if (answers.length < count) return
          resolve({ answers, hearers: data.hearers })
          port1.close()
        })
        port1.start()
        for (let index = 0; index < count; index++) port1.postMessage({ sentAt: index })
        postMessage('own-port', location.origin, [port2])
      }),
    times,
  )
}
