import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { waitForSessionToEnd } from '../electron/processes.ts'
import { crash, hasten } from './crash.ts'
import { Editor, type Side } from './editor.ts'
import { textFromMain } from './from-main.ts'
import {
  blockMain,
  countIpcMessages,
  countListeners,
  expectListenersAsBefore,
  readStderr,
} from './measure.ts'
import { askRaw } from './raw-channel.ts'
import { ask, openBarePage } from './raw-ports.ts'
import { useProject } from './use-project.ts'

const sides: Side[] = ['app', 'preview']

describeInElectron('The renderer bridge', ({ launch, env }) => {
  const project = useProject(['renderer-bridge'], env)
  const open = async (): Promise<Editor> => Editor.open((await launch(project())).app)

  test('joins two pages of different origins, processes and storages', async () => {
    const editor = await open()
    const seen = []
    for (const page of [editor.page, editor.preview]) {
      seen.push(
        await page.evaluate(() => {
          localStorage.setItem('secret', location.origin)
          return { origin: location.origin, isSecureContext, keys: localStorage.length }
        }),
      )
    }
    expect(seen).toEqual([
      { origin: 'app://bundle', isSecureContext: true, keys: 1 },
      { origin: 'app://preview', isSecureContext: true, keys: 1 },
    ])
    const secrets = await Promise.all(
      [editor.page, editor.preview].map((page) => page.evaluate(() => localStorage['secret'])),
    )
    expect(secrets).toEqual(['app://bundle', 'app://preview'])
    const processes = await editor.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((each) => each.getOSProcessId()),
    )
    expect(new Set(processes).size).toBe(2)
  })

  test('opens the second window once the first is there, which it would hold up', async () => {
    const main = join(project(), 'watched.cjs')
    await writeFile(
      main,
      `globalThis.seen = []
      require('electron').app.on('browser-window-created', (_event, window) => {
        globalThis.seen.push('made')
        window.once('show', () => globalThis.seen.push('shown'))
      })
      require('./out/main/index.cjs')`,
    )
    onTestFinished(() => rm(main))
    const { app } = await launch(main)
    const seen = (): Promise<unknown> =>
      app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
    await expect.poll(seen).toEqual(['made', 'shown', 'made', 'shown'])
  })

  test('gives a port to the origin of a node only, and for its own end', async () => {
    const { app, page, preview } = await open()
    await openBarePage(app, 'app')
    await openBarePage(app, 'preview', 'preview')
    const reasonFor = async (where: Page, url: string, how: 'open' | 'accept', link: string) => {
      await where.goto(url).catch(() => {}) // some are served with 404
      const { type, reason, isMessagePort } = await ask(where, how, link)
      expect({ type, isMessagePort }).toEqual({ type: 'ports:refuse', isMessagePort: false })
      return reason
    }
    expect(await reasonFor(preview, 'app://bundle/preview/bare', 'accept', 'document')).toBe(
      'Pages of "app://bundle" may not ask for ports.',
    )
    expect(await reasonFor(page, 'app://preview/app/bare', 'open', 'document')).toBe(
      'Pages of "app://preview" may not ask for ports.',
    )
    expect(
      await reasonFor(preview, 'app://preview/preview/bare.html', 'open', 'app-desk'),
    ).toContain('"preview" is not its "from"')
    expect(await reasonFor(page, 'app://bundle/app/bare.html', 'accept', 'document')).toContain(
      '"app" is not its "to"',
    )
  })

  test('carries edits, ticks and drawing on while main is blocked, and main sees none of it', async () => {
    const editor = await open()
    const { app, page, preview } = editor
    await editor.write('- [ ] task\n\n')
    await editor.waitForShown('task')
    const ipcMessages = await countIpcMessages(app)
    // Both ways there and back: the preview ticks and sees it drawn, the editor types and sees the tick.
    await preview.evaluate(() => {
      const times: number[] = []
      const sheet = document.querySelector('#sheet') as HTMLElement
      new MutationObserver(() => times.push(Date.now())).observe(sheet, { childList: true })
      setInterval(() => sheet.querySelector('input')?.click(), 20)
      Reflect.set(window, 'drawn', times)
    })
    await page.evaluate(() => {
      const times: number[] = []
      const area = document.querySelector('textarea') as HTMLTextAreaElement
      let mark = ''
      setInterval(() => {
        if (area.value[3] !== mark) times.push(Date.now())
        mark = area.value[3] as string
        area.value += '.'
        area.dispatchEvent(new Event('input'))
      }, 10)
      Reflect.set(window, 'ticked', times)
    })
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'ticked').length)).not.toBe(0)

    const { began, ended } = await blockMain(app, 2000)

    const read = async (where: Page, name: string): Promise<number> => {
      const times = await where.evaluate((key) => Reflect.get(window, key) as number[], name)
      return times.filter((at) => at > began && at < ended).length
    }
    expect(await read(preview, 'drawn')).toBeGreaterThan(20)
    expect(await read(page, 'ticked')).toBeGreaterThan(20)
    expect(await ipcMessages()).toBe(0)
  })

  test('types by itself while its button blocks main, and says how long it took', async () => {
    const editor = await open()
    const began = Date.now()
    await editor.page.getByRole('button', { name: 'Block main for 2 s' }).click()
    await editor.waitForStatus('app', /^Main was blocked for 2 s\. 73 letters went meanwhile/)
    expect(Date.now() - began).toBeGreaterThan(1900)
    const longest = Number(/([\d.]+) ms at most/.exec(await editor.status('app'))?.[1])
    expect(longest).toBeLessThan(1000)
    await expect.poll(() => editor.shown()).toContain('letter by letter, as ever.')
  })

  test('brings ten thousand edits over in order, and loses none', async () => {
    const editor = await open()
    await editor.write('```\n\n```')
    await editor.page.evaluate(async () => {
      const area = document.querySelector('textarea') as HTMLTextAreaElement
      for (let i = 0; i < 10_000; i++) {
        const at = area.value.length - 4
        const from = i % 7 === 0 ? Math.max(4, at - 1) : at
        area.setRangeText(i % 10 === 9 ? '\n' : `${i} `, from, at)
        area.dispatchEvent(new Event('input'))
        if (i % 1000 === 0) await new Promise((resolve) => setTimeout(resolve))
      }
    })
    const text = await editor.text()
    expect(text.length).toBeGreaterThan(10_000)
    await editor.waitForShown(text.slice(4, -4)) // a block of code is shown to the letter
    await editor.page.reload()
    await editor.waitForPort(2)
    await editor.waitForText(text)
  })

  test('scrolls and edits in step, without echo', async () => {
    const editor = await open()
    const { page, preview } = editor
    await editor.write(Array.from({ length: 300 }, (_, i) => `- [ ] line ${i}`).join('\n'))
    await preview.getByLabel('line 299').waitFor()
    const posts = await countPosts(editor)
    const scrollTo = (where: Page, selector: string, place: number): Promise<void> =>
      where.locator(selector).evaluate((element, wanted) => {
        element.scrollTop = wanted * (element.scrollHeight - element.clientHeight)
      }, place)
    const placeOf = (where: Page, selector: string): Promise<number> =>
      where
        .locator(selector)
        .evaluate(
          ({ scrollTop, scrollHeight, clientHeight }) => scrollTop / (scrollHeight - clientHeight),
        )

    for (const place of [0.2, 0.9, 0.5]) {
      await scrollTo(page, 'textarea', place)
      await expect.poll(() => placeOf(preview, '#sheet')).toBeCloseTo(place, 1)
    }
    expect(await posts()).toEqual({ app: 3, preview: 0 })

    for (const place of [0, 1, 0.3]) {
      await scrollTo(preview, '#sheet', place)
      await expect.poll(() => placeOf(page, 'textarea')).toBeCloseTo(place, 1)
    }
    expect(await posts()).toEqual({ app: 3, preview: 3 })

    await editor.write(`${await editor.text()}\nend`)
    await preview.getByText('end').waitFor()
    expect(await posts()).toEqual({ app: 4, preview: 3 })

    await preview.getByLabel('line 100').check()
    await expect.poll(() => editor.text()).toContain('- [x] line 100\n')
    const { app, preview: ofPreview } = await posts()
    expect([app, ofPreview]).toEqual([6, 4]) // a call there; an edit and its answer back
  })

  test('keeps the focus and the place of who works with it', async () => {
    const editor = await open()
    const { page, preview } = editor
    await editor.write('- [ ] one\n- [ ] two\n- [ ] three')
    const box = preview.getByLabel('two')
    await box.waitFor()
    await preview.waitForTimeout(300) // until nothing is left to be drawn
    await box.focus()
    const expectFocus = async (): Promise<void> => {
      const focused = (): Promise<string | undefined> =>
        preview.evaluate(() => document.activeElement?.parentElement?.textContent?.trim())
      await expect.poll(focused).toBe('two')
    }
    for (const mark of ['x', ' ', 'x']) {
      // It is drawn anew at the next frame: a key that is down then would be up for another box.
      await preview.waitForTimeout(100)
      await expectFocus()
      await preview.keyboard.press('Space')
      await editor.waitForText(`- [ ] one\n- [${mark}] two\n- [ ] three`)
    }
    await expectFocus()
    await page.locator('textarea').evaluate((area: HTMLTextAreaElement) => {
      area.focus()
      area.setSelectionRange(8, 8)
    })
    await preview.getByLabel('three').check()
    await editor.waitForText('- [ ] one\n- [x] two\n- [x] three')
    await page.keyboard.type('!')
    expect(await editor.text()).toBe('- [ ] on!e\n- [x] two\n- [x] three')
  })

  test('gives the text back to an editor that was closed, with its place', async () => {
    const editor = await open()
    const text = Array.from({ length: 200 }, (_, i) => `- [ ] line ${i} 🙂`).join('\n')
    await editor.write(text)
    await editor.preview.getByLabel('line 199').waitFor()
    await editor.page.locator('textarea').evaluate((area) => (area.scrollTop = 1e6))
    const topOf = (): Promise<number> =>
      editor.preview.locator('#sheet').evaluate(({ scrollTop }) => scrollTop)
    await expect.poll(topOf).toBeGreaterThan(1000)

    await editor.close('app')
    await editor.waitForStatus('preview', /gone/, 1000)
    const box = editor.preview.getByLabel('line 199')
    await box.click()
    await editor.waitForStatus('preview', /Open the editor to change the text/)
    expect(await box.isChecked()).toBe(false)

    await editor.reopen('app')
    expect(await editor.waitForPort(2)).toBe(2)
    await editor.waitForText(text)
    expect(await topOf()).toBeGreaterThan(1000)
    await expect
      .poll(() => editor.page.locator('textarea').evaluate(({ scrollTop }) => scrollTop))
      .toBeGreaterThan(1000)
    await box.check()
    await editor.waitForText(`${text.slice(0, text.lastIndexOf('['))}[x] line 199 🙂`)
  })

  test('gives the text to a preview that was closed, with what was written meanwhile', async () => {
    const editor = await open()
    await editor.close('preview')
    await editor.waitForStatus('app', /gone/, 1000)
    await editor.write('written alone')
    await editor.reopen('preview')
    expect(await editor.waitForPort(2)).toBe(2)
    await editor.waitForShown('written alone')
    await editor.write('written together')
    await editor.waitForShown('written together')
  })

  test('joins whichever page is ready first', async () => {
    const editor = await open()
    await editor.write('kept')
    await editor.waitForShown('kept')
    // The editor asks, and nobody accepts yet. It has nothing but the sample to begin with.
    await editor.close('preview')
    await editor.page.reload()
    await expect.poll(() => editor.text()).toMatch(/^# Two windows/)
    await editor.write('written before the preview came')
    await editor.reopen('preview')
    await editor.waitForShown('written before the preview came')
    // The preview accepts, and nobody asks yet.
    await editor.close('app')
    await editor.preview.reload()
    await editor.reopen('app')
    await editor.waitForPort(3)
    await expect.poll(() => editor.text()).toMatch(/^# Two windows/)
    await editor.preview.getByLabel('Tick this box').check()
    await expect.poll(() => editor.text()).toContain('- [x] Tick this box')
  })

  test('shows hostile text as text', async () => {
    const editor = await open()
    const hostile = [
      '<img src=x onerror="window.hacked = true">',
      '<script>window.hacked = true</script> <b>bold</b>',
      '- [ ] <a href="javascript:window.hacked=true">link</a>',
      '[click](javascript:window.hacked=true)',
      '`<iframe src="data:text/html,x">`',
      '# <svg onload="window.hacked = true">',
    ]
    await editor.write(hostile.join('\n\n'))
    const { preview } = editor
    await preview.locator('h1').getByText('<svg').waitFor()
    const shown = await editor.shown()
    expect(shown).toContain('<img src=x onerror="window.hacked = true">')
    expect(shown).toContain('clickjavascript:window.hacked=true')
    await preview.getByText('click').click()
    const found = await preview.evaluate(() => ({
      tags: [...new Set([...document.querySelectorAll('#sheet *')].map(({ tagName }) => tagName))],
      isHacked: 'hacked' in window,
      url: location.href,
    }))
    expect(found).toEqual({
      tags: ['P', 'UL', 'LI', 'LABEL', 'INPUT', 'SPAN', 'SMALL', 'CODE', 'H1'],
      isHacked: false,
      url: 'app://preview/preview/index.html',
    })
  })

  test.each([
    ['one line', '<b>ab'.repeat(200_000)],
    ['many lines', '<b>hi **you** →\n\n'.repeat(60_000)],
    ['many tasks', '- [ ] a\n'.repeat(20_000)],
  ])(
    'brings a large text over in small messages, both ways: %s',
    async (_name, text) => {
      const editor = await open()
      const posts = await countPosts(editor)
      await editor.write(text)
      await editor.write(`${text}end`)
      await expect.poll(() => editor.shown(), { timeout: 20_000 }).toMatch(/end$/)
      expect(await posts.largest()).toBeLessThan(60 * 1024)
      await editor.page.reload()
      await editor.waitForPort(2)
      await expect
        .poll(async () => (await editor.text()) === `${text}end`, { timeout: 10_000 })
        .toBe(true)
      expect(await posts.largest()).toBeLessThan(60 * 1024)
    },
    60_000,
  )

  test('refuses in main what makes no sense, and opens nothing else', async () => {
    const { app, page } = await open()
    await openBarePage(app, 'app')
    expect(await ask(page, 'open', 'app-desk')).toMatchObject({ type: 'ports:grant' })
    for (const wrong of [Number.NaN, -1, 1e9, Infinity, '2', {}, [], undefined, null, 1n, true]) {
      const [kind, error] = await askRaw(page, ['call', 'blockMain', wrong])
      expect([kind, error]).toMatchObject(['error', { fields: { code: 'OUT_OF_RANGE' } }])
    }
    expect(await askRaw(page, ['call', 'blockMain', 0])).toEqual(['result', undefined])
    expect(await askRaw(page, ['call', 'openPreview', 'evil'])).toEqual(['result', undefined])
    expect(await askRaw(page, ['call', 'openEditor'])).toMatchObject(['error', {}])
    expect(app.windows()).toHaveLength(2)
  })

  test('stays whole when the preview says things that make no sense', async () => {
    const editor = await open()
    const { app, page, preview } = editor
    await editor.write('- [ ] one\nno task')
    await openBarePage(app, 'preview', 'preview')
    expect(await ask(preview, 'accept', 'document')).toMatchObject({ type: 'ports:grant' })
    const wrongTicks: unknown[][] = [
      [],
      [0],
      [0, 'another line', true],
      [1, 'no task', true],
      [99, '- [ ] one', true],
      [-1, '- [ ] one', true],
      ['length', 2, true],
      ['__proto__', {}, true],
      [Number.NaN, null, true],
      [{}, ['- [ ] one'], true],
      [1n, 1n, 1n],
    ]
    for (const args of wrongTicks) {
      const [kind, error] = await askRaw(preview, ['call', 'tick', ...args])
      expect([kind, error]).toMatchObject(['error', { fields: { code: 'CHANGED' } }])
    }
    await preview.evaluate(() => {
      const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
      for (const place of [Number.NaN, Infinity, -5, 7, 'top', {}, null, undefined, 1n]) {
        port.postMessage([3, 'notify', 'scroll', place])
      }
      for (const nonsense of [null, 'nonsense', [], [1], [9, 'call'], { edit: 1 }]) {
        port.postMessage(nonsense)
      }
    })
    expect(await editor.text()).toBe('- [ ] one\nno task')
    expect(await askRaw(preview, ['call', 'tick', 0, '- [ ] one', true])).toEqual([
      'result',
      undefined,
    ])
    expect(await editor.text()).toBe('- [x] one\nno task')

    // A new editor asks for the text that is held, and gets more than there can be.
    await preview.evaluate(() => {
      Reflect.get(window, 'portsBridge').accept({ link: 'document', nonce: 'flood' })
      addEventListener('message', ({ data, ports: [port] }) => {
        if (data.nonce !== 'flood' || !port) return
        port.addEventListener('message', ({ data: [, kind, id] }) => {
          const items = Array.from({ length: 15 }, () => 'x'.repeat(1_000_000))
          if (kind === 'stream') port.postMessage([17, 'items', id, ...items])
        })
        port.start()
      })
    })
    await page.reload()
    await editor.waitForStatus('app', /at most 2,000,000 characters/)
    await expect.poll(() => editor.text()).toMatch(/^# Two windows/)
    await editor.write('still at work')
    await preview.goto('app://preview/preview/index.html')
    await editor.waitForShown('still at work')
  })

  test('loses nothing in a hundred reloads of either page, and leaves nothing behind', async () => {
    const editor = await open()
    await editor.write('- [ ] kept')
    await editor.waitForShown('kept')
    for (const [reloaded, stays] of [
      [editor.page, editor.preview],
      [editor.preview, editor.page],
    ] as const) {
      const reload = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) await reloaded.reload()
      }
      await reload(3)
      const first = await editor.waitForPort(4)
      const before = await countListeners(editor.app, stays)

      await reload(100)

      await editor.waitForPort(first + 1)
      await editor.waitForText('- [ ] kept')
      await editor.waitForShown('kept')
      await expectListenersAsBefore(editor.app, stays, before, 8)
    }
    await editor.preview.getByLabel('kept').check()
    await editor.waitForText('- [x] kept')
    await editor.write('new')
    await editor.waitForShown('new')
  }, 300_000)

  test.each(sides)(
    'survives ten crashes of one page, and its window closed: %s',
    async (side) => {
      const editor = await open()
      const other = side === 'app' ? 'preview' : 'app'
      await editor.write('survives')
      await editor.waitForShown('survives')
      const main = await countListeners(editor.app, side === 'app' ? editor.preview : editor.page)
      const read = (): Promise<unknown> =>
        editor.evaluateIn(
          side,
          `(document.querySelector('textarea')?.value ?? document.querySelector('#sheet').textContent)`,
        )
      for (let crash = 0; crash < 10; crash++) {
        await editor.crash(side)
        await expect.poll(read, { timeout: 15_000, interval: 20 }).toBe('survives')
      }
      const stays = side === 'app' ? editor.preview : editor.page
      expect((await countListeners(editor.app, stays)).main).toEqual(main.main)

      await editor.evaluateIn(side, 'void setTimeout(() => close())')
      await editor.waitForStatus(other, /gone/)
      await editor.reopen(side)
      await editor.waitForText('survives')
      await editor.waitForShown('survives')
      await editor.write('and goes on')
      await editor.waitForShown('and goes on')
    },
    90_000,
  )

  test('comes back when it is opened, where it has crashed too often', async () => {
    const { app, page } = await open()
    await hasten(app)
    const output = readStderr(app)
    const heading = () => textFromMain(app, 'preview', 'h1')
    const before = await heading()
    for (let crashes = 1; crashes <= 5; crashes++) {
      await crash(app, 'preview')
      await expect.poll(heading).toBe(before)
    }
    await crash(app, 'preview')
    await expect.poll(output).toContain('once too often: it stays down.')
    await page.getByRole('button', { name: 'Open the preview' }).click()
    await expect.poll(heading).toBe(before)
  })

  test('comes back by itself from a crash, on either side', async () => {
    const editor = await open()
    await editor.write('back')
    await editor.waitForShown('back')
    for (const side of sides) {
      await editor.app.evaluate(({ webContents }, path) => {
        const all = webContents.getAllWebContents()
        all.find((each) => each.getURL().includes(path))?.forcefullyCrashRenderer()
      }, `/${side}/`)
      const read = `document.body.textContent + document.querySelector('textarea')?.value`
      await expect
        .poll(() => editor.evaluateIn(side, read), { timeout: 10_000 })
        .toMatch(side === 'app' ? /back$/ : /Joined.*back/s)
    }
  })

  test('ends with the last of its windows, and leaves no process', async () => {
    const editor = await open()
    const main = editor.app.process()
    const exitCode = new Promise((resolve) => main.once('exit', resolve))
    await editor.close('app')
    await editor.waitForStatus('preview', /gone/)
    await editor.preview.evaluate(() => void setTimeout(() => close()))
    expect(await exitCode).toBe(0)
    expect(await waitForSessionToEnd(main.pid!, 5000)).toEqual([])
  })

  test('has room in its windows: no scroll bar, and nothing cut off when they are small', async () => {
    const editor = await open()
    const { needed, given } = await editor.page.evaluate(() => ({
      needed: document.documentElement.scrollHeight,
      given: innerHeight,
    }))
    expect(needed).toBeLessThanOrEqual(given)
    for (const [page, width] of [
      [editor.page, 800],
      [editor.preview, 480],
    ] as const) {
      const window = await editor.app.browserWindow(page)
      await window.evaluate((each, to) => each.setContentSize(to, 700), width)
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width)
      const overflow = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > innerWidth)
          .map((element) => element.className || element.tagName),
      )
      expect(overflow).toEqual([])
    }
  })
})

/** Counts the posts of both pages from now on. Gives how to read it, a quarter of a second later. */
async function countPosts({ page, preview }: Editor) {
  for (const each of [page, preview]) {
    await each.evaluate(() => {
      const posts = { count: 0, largest: 0 }
      const original = MessagePort.prototype.postMessage as (...args: unknown[]) => void
      MessagePort.prototype.postMessage = function count(...args: unknown[]) {
        posts.count += 1
        posts.largest = Math.max(posts.largest, JSON.stringify(args[0]).length * 2)
        return original.apply(this, args)
      }
      Reflect.set(window, 'posts', posts)
    })
  }
  const read = async (where: Page): Promise<{ count: number; largest: number }> =>
    (await where.evaluate(() => Reflect.get(window, 'posts'))) ?? { count: 0, largest: 0 }
  const posts = async (): Promise<{ app: number; preview: number }> => {
    await page.waitForTimeout(250) // an echo would come by then
    return { app: (await read(page)).count, preview: (await read(preview)).count }
  }
  const largest = async (): Promise<number> =>
    Math.max((await read(page)).largest, (await read(preview)).largest)
  return Object.assign(posts, { largest })
}
