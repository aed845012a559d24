import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { makeFolder } from '../folders.ts'
import { answerDialogs } from './dialogs.ts'
import {
  LineReader,
  copyWithOpener,
  countOpen,
  crashPage,
  destroyWindow,
  inPage,
  portOf,
} from './line-reader.ts'
import { blockMain, countListeners, expectListenersAsBefore, readStderr } from './measure.ts'
import { useProject } from './use-project.ts'

/** Of a log of 90 MB: they are all different, and 100 bytes long. */
const LARGE_LINES = 900_000

/** What a stream may be ahead, in bytes: 64 batches of at most 16 KiB, and the chunk at work. */
const MOST_AHEAD = 64 * 16 * 1024 + 2 * 64 * 1024

/** For what looks at the files that main has open, and makes some that are none. */
const isLinux = process.platform === 'linux'

/** For what other work on the machine may delay. */
const PATIENT = { timeout: 15_000 }

/** How much more memory a process may take while it reads, in MB: its garbage comes and goes. */
const FLAT = 100

describeInElectron('The reply stream', ({ launch, env }) => {
  const project = useProject(['reply-stream'], env)
  const folder = join(tmpdir(), `reply-stream-test-${process.pid}`)
  const large = join(folder, 'large.log')
  const small = join(folder, 'small.log')
  let instrumented = ''

  beforeAll(async () => {
    instrumented = await copyWithOpener(project(), env())
    mkdirSync(folder)
    writeLargeFile(large)
    writeFileSync(small, 'one\ntwo\nthree')
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const open = async (): Promise<LineReader> => LineReader.open((await launch(instrumented)).app)
  const openLarge = async (): Promise<LineReader> => {
    const reader = await open()
    await reader.choose(large)
    return reader
  }
  /** The demo goes on. */
  const expectToWork = async (reader: LineReader): Promise<void> => {
    await reader.choose(small)
    expect(await reader.readAll()).toMatch(/^End of file: 3 lines/)
    expect(await reader.lines()).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ])
  }
  const expectClosed = async (app: ElectronApplication, path = large): Promise<void> => {
    await expect.poll(() => countOpen(app, path), PATIENT).toBe(0)
  }

  test('shows every line and then the end', async () => {
    const reader = await open()
    const path = join(makeFolder(), 'text.txt')
    writeFileSync(
      path,
      Array.from({ length: 5000 }, (_, i) => `line ${i + 1} of naïve 日本`).join('\r\n'),
    )
    await reader.choose(path)
    expect(await reader.page.locator('.file').innerText()).toMatch(/^text\.txt · 0\.\d\d MB$/)
    expect(await reader.readAll()).toMatch(/^End of file: 5,000 lines in [\d.]+ s\.$/)
    const lines = await reader.lines()
    expect(lines).toHaveLength(500)
    expect(lines[0]).toEqual([4501, 'line 4501 of naïve 日本'])
    expect(lines.at(-1)).toEqual([5000, 'line 5000 of naïve 日本'])
    await expectToWork(reader)
  })

  test('makes a sample and searches it; the sample goes with the app', async () => {
    const temporary = makeFolder()
    const running = await launch(instrumented, { env: { TMPDIR: temporary } })
    const reader = await LineReader.open(running.app)
    const samples = (): string[] =>
      readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((each) =>
        each.includes('sample.log'),
      )

    await reader.button('Make a sample').click()
    await expect.poll(samples, PATIENT).toHaveLength(1)
    await reader.button('Cancel').click()
    expect((await reader.status()).text).toBe('Cancelled.')
    await expect.poll(samples, PATIENT).toHaveLength(0)

    await reader.makeSample()
    expect(samples()).toHaveLength(1)
    expect(await reader.readAll({ search: 'error 500' })).toMatch(/^End of file/)
    const total = await reader.count()
    expect(await reader.figure('matches')).toBe(Math.floor(total / 1000).toLocaleString('en'))
    const lines = await reader.lines()
    expect(lines).toHaveLength(500)
    expect(lines.at(-1)?.[0]).toBe(1000 * Math.floor(total / 1000))
    expect(lines.every(([number, text]) => text.includes(`ERROR 500 request ${number} `))).toBe(
      true,
    )
    expect(await reader.page.locator('.lines mark').first().innerText()).toBe('ERROR 500')

    await running.close()
    expect(samples()).toEqual([])
  })

  test('stands still while it is paused, with memory flat in both processes, and ends complete', async () => {
    const reader = await openLarge()
    const aheadOfPage = async (): Promise<number> =>
      Number((await reader.figure('ahead')).replaceAll(/\D/g, '')) * 1000
    await reader.startAndWait()
    await expect.poll(() => reader.count(), PATIENT).toBeGreaterThan(0)
    const before = await reader.memory()
    const peak = { ...before }
    const look = async (): Promise<void> => {
      const { main, page } = await reader.memory()
      peak.main = Math.max(peak.main, main)
      peak.page = Math.max(peak.page, page)
    }

    for (let pause = 0; pause < 3; pause++) {
      await reader.button('Pause').click()
      expect((await reader.status()).text).toBe('Paused: main waits as well.')
      // What was under way comes to rest.
      let last = -1
      await expect
        .poll(
          async () => {
            const [previous, present] = [last, await reader.count()]
            last = present
            return present === previous
          },
          { ...PATIENT, interval: 600 },
        )
        .toBe(true)
      await expect.poll(aheadOfPage, PATIENT).toBeGreaterThan(0)
      await expect.poll(aheadOfPage, PATIENT).toBeLessThanOrEqual(MOST_AHEAD)
      await look()
      await reader.button('Resume').click()
      await expect.poll(() => reader.count(), PATIENT).toBeGreaterThan(last)
      await look()
    }
    await reader.page.getByLabel('Slow reader').check()
    await look()
    await expect.poll(aheadOfPage, PATIENT).toBeLessThanOrEqual(MOST_AHEAD)
    await reader.page.getByLabel('Slow reader').uncheck()
    while (!(await reader.status()).text.startsWith('End')) {
      await look()
      await reader.page.waitForTimeout(200)
    }

    expect((await reader.status()).text).toContain(`${LARGE_LINES.toLocaleString('en')} lines`)
    expect((await reader.lines()).at(-1)).toEqual([LARGE_LINES, largeLine(LARGE_LINES)])
    expect(peak.main - before.main).toBeLessThan(FLAT)
    expect(peak.page - before.page).toBeLessThan(FLAT)
    await expectClosed(reader.app)

    await reader.start({ search: '99' })
    while (!(await reader.status()).text.startsWith('End')) {
      await look()
      await reader.page.waitForTimeout(200)
    }
    expect(peak.main - before.main).toBeLessThan(FLAT)
    expect(peak.page - before.page).toBeLessThan(FLAT)
  }, 180_000)

  test.runIf(isLinux)(
    'stops when it is cancelled, also while it is paused, and closes the file',
    async () => {
      const reader = await openLarge()
      await reader.startAndWait({ isSlow: true })
      expect(await countOpen(reader.app, large)).toBe(1)
      await reader.button('Cancel').click()
      await reader.waitForStatus(/^Cancelled\.$/)
      await expectClosed(reader.app)

      await reader.startAndWait({ isSlow: true })
      await reader.button('Pause').click()
      await reader.button('Cancel').click()
      await reader.waitForStatus(/^Cancelled\.$/)
      await expectClosed(reader.app)
      await expectToWork(reader)
    },
  )

  test('goes on after main was blocked for two seconds', async () => {
    const reader = await openLarge()
    await reader.startAndWait({ isSlow: true })
    await blockMain(reader.app, 2000)
    const before = await reader.count()
    await expect.poll(() => reader.count(), PATIENT).toBeGreaterThan(before)
    await reader.button('Cancel').click()
    await expectToWork(reader)
  })

  test('tells an error in the middle from an end: a file that becomes shorter', async () => {
    const reader = await open()
    const path = join(makeFolder(), 'shrinking.log')
    writeFileSync(path, `${largeLine(1)}\n`.repeat(200_000))
    await reader.choose(path)
    await reader.startAndWait({ isSlow: true })
    await reader.button('Pause').click()
    truncateSync(path, 3_000_000)
    await reader.page.getByLabel('Slow reader').uncheck()
    await reader.button('Resume').click()
    await reader.waitForStatus(/shorter/)
    expect(await reader.status()).toEqual({
      text: '"shrinking.log" has become shorter while it was read: the rest is gone.',
      code: 'TRUNCATED',
    })
    expect(await reader.count()).toBe(30_000)
    expect((await reader.lines()).at(-1)).toEqual([30_000, largeLine(1)])
    await expectClosed(reader.app, path)
    await expectToWork(reader)
  })

  test.runIf(isLinux)('says what is wrong with a file, and goes on', async () => {
    const reader = await open()
    const bad = makeFolder({ 'gone.log': 'gone', 'folder/file': '' })
    execFileSync('mkfifo', [join(bad, 'pipe')])
    const problemOf = async (path: string, remove = false) => {
      await reader.choose(path)
      if (remove) rmSync(path)
      await reader.readAll()
      const { text, code } = await reader.status()
      return [text, code]
    }
    expect(await problemOf(join(bad, 'gone.log'), true)).toEqual([
      '"gone.log" is not there any more.',
      'ENOENT',
    ])
    expect(await problemOf(join(bad, 'folder'))).toEqual(['"folder" is not a file.', 'NOT_A_FILE'])
    // Nobody writes to it: to open it as usual would take for ever.
    expect(await problemOf(join(bad, 'pipe'))).toEqual(['"pipe" is not a file.', 'NOT_A_FILE'])
    expect(await problemOf('/dev/zero')).toEqual(['"zero" is not a file.', 'NOT_A_FILE'])
    // Its first page is never there.
    expect(await problemOf('/proc/self/mem')).toEqual([
      '"mem" cannot be read on: its disk or device reports an error.',
      'EIO',
    ])
    await reader.button('Choose a file').click()
    await expectToWork(reader)

    await answerDialogs(reader.app, join(bad, 'nowhere'))
    await reader.button('Choose a file').click()
    await reader.waitForStatus(/nowhere/)
    expect((await reader.status()).code).toBe('ENOENT')
    await answerDialogs(reader.app, undefined)
    await reader.button('Choose a file').click()
    await reader.waitForStatus(/^No file was chosen\.$/)
    await expectToWork(reader)
  })

  test('reads what is no usual text: empty, one line of 50 MB, binary', async () => {
    const reader = await open()
    const odd = makeFolder({ empty: '' })
    writeFileSync(join(odd, 'one-line'), Buffer.alloc(50_000_000, 'x'))
    writeFileSync(
      join(odd, 'binary'),
      Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256)),
    )

    await reader.choose(join(odd, 'empty'))
    expect(await reader.readAll()).toMatch(/^End of file: 0 lines/)
    expect(await reader.lines()).toEqual([])

    await reader.choose(join(odd, 'one-line'))
    const before = await reader.memory()
    expect(await reader.readAll()).toMatch(/^End of file: 1 line in/)
    expect(await reader.lines()).toEqual([[1, `${'x'.repeat(2000)}…`]])
    const after = await reader.memory()
    expect(after.main - before.main).toBeLessThan(FLAT)
    expect(after.page - before.page).toBeLessThan(FLAT)

    await reader.choose(join(odd, 'binary'))
    expect(await reader.readAll()).toMatch(/^End of file: 1,17\d lines/)
    await expectToWork(reader)
  })

  test('reads on to the end of a file that is deleted meanwhile', async () => {
    const reader = await open()
    const path = join(makeFolder(), 'vanishing.log')
    writeFileSync(path, `${largeLine(1)}\n`.repeat(200_000))
    await reader.choose(path)
    await reader.startAndWait({ isSlow: true })
    rmSync(path)
    await reader.page.getByLabel('Slow reader').uncheck()
    await reader.waitForStatus(/^End of file: 200,000 lines/)
    await expectClosed(reader.app, path)
  })

  test.runIf(isLinux)(
    'stops and closes the file when its page is reloaded, crashes or is destroyed',
    async () => {
      const reader = await openLarge()
      const { app } = reader
      await reader.startAndWait({ isSlow: true })
      expect(await countOpen(app, large)).toBe(1)
      await reader.page.reload()
      await expectClosed(app)
      await reader.waitForPort(2)

      await reader.choose(large)
      await reader.startAndWait({ isSlow: true })
      expect(await countOpen(app, large)).toBe(1)
      await crashPage(app)
      await expectClosed(app)
      await reader.waitForPort(3)

      await startInPage(app, large)
      expect(await countOpen(app, large)).toBe(1)
      await destroyWindow(app)
      await expectClosed(app)
    },
  )

  test('leaves nothing open when its window is destroyed in mid-handshake', async () => {
    const reader = await openLarge()
    const { app } = reader
    const errors = readStderr(app)
    const ports = await countPorts(app)
    await answerDialogs(app, large)
    await inPage(
      app,
      `for (let i = 0; i < 30; i++) {
        const link = openLines()
        void link.call.choose().then(({ id }) => link.stream.read(id, { search: '' }, new AbortController().signal).next(), () => {})
      }`,
    )
    await destroyWindow(app)
    await expect.poll(ports, PATIENT).toBe(0)
    expect(await countOpen(app, large)).toBe(0)
    expect(errors()).not.toMatch(/Error|Unhandled/)
  })

  test('keeps its contract: end, break, abort, throw, credit, and streams that do not mix', async () => {
    const reader = await openLarge()
    const { app } = reader
    const path = join(makeFolder(), 'numbers.txt')
    writeFileSync(path, Array.from({ length: 30_000 }, (_, i) => `number ${i + 1}`).join('\n'))
    await answerDialogs(app, path)
    const run = <Result>(body: string): Promise<Result> =>
      inPage(
        app,
        `(async () => {
          const link = (window.link ??= openLines())
          const file = (window.numbers ??= await link.call.choose())
          const read = (options = { search: '' }, signal = new AbortController().signal) =>
            link.stream.read(file.id, options, signal)
          const collect = async (search) => {
            const found = []
            for await (const { lines } of read({ search })) for (const line of lines) found.push(line)
            return found
          }
          const codeOf = (asked) => asked.then(() => 'none', (error) => error.code ?? error.message)
          ${body}
        })()`,
      )

    const end = await run<unknown>(`
      const stream = read()
      let [lines, last] = [0]
      for (let item = await stream.next(); !item.done; item = await stream.next()) {
        lines += item.value.lines.length
        last = item.value
      }
      return { lines, linesRead: last.linesRead, bytesRead: last.bytesRead, after: await stream.next() }`)
    expect(end).toEqual({
      lines: 30_000,
      linesRead: 30_000,
      bytesRead: 378_893,
      after: { value: undefined, done: true },
    })

    const mixed = await run<{ all: number; isInOrder: boolean; found: string[]; none: number }>(`
      const [all, found, none] = await Promise.all([collect(''), collect('number 2999'), collect('nowhere')])
      const isInOrder = all.every(({ number, text }, at) => number === at + 1 && text === 'number ' + number)
      return { all: all.length, isInOrder, found: found.map(({ text }) => text), none: none.length }`)
    expect(mixed).toEqual({
      all: 30_000,
      isInOrder: true,
      found: [2999, ...Array.from({ length: 10 }, (_, i) => 29_990 + i)].map((n) => `number ${n}`),
      none: 0,
    })

    await answerDialogs(app, large)
    await run('window.numbers = await link.call.choose()')
    expect(await run('for await (const { lines } of read()) if (lines.length > 0) break')).toBe(
      undefined,
    )
    await expectClosed(app)
    const aborted = await run(`
      const controller = new AbortController()
      const stream = read({ search: '' }, controller.signal)
      await stream.next()
      controller.abort(new Error('Enough.'))
      return codeOf(stream.next())`)
    expect(aborted).toBe('Enough.')
    await expectClosed(app)
    const thrown = await run(`
      return codeOf((async () => {
        for await (const { linesRead } of read()) if (linesRead > 500) throw new Error('Too much.')
      })())`)
    expect(thrown).toBe('Too much.')
    await expectClosed(app)

    const gone = await run(`
      const other = openLines()
      const stream = other.stream.read(file.id, { search: '' }, new AbortController().signal)
      await stream.next()
      other.close()
      return codeOf((async () => { for await (const batch of stream); })())`)
    expect(gone).toBe('closed')
    await expectClosed(app)

    const ahead = await run<number>(`
      const stream = link.with({ credit: 2 }).stream.read(file.id, { search: '' }, new AbortController().signal)
      const { value } = await stream.next()
      let before = -1
      let figures = await link.call.figures(file.id)
      while (figures.bytesRead !== before) {
        before = figures.bytesRead
        await new Promise((resolve) => setTimeout(resolve, 200))
        figures = await link.call.figures(file.id)
      }
      await stream.return()
      return figures.bytesRead`)
    expect(ahead).toBeLessThanOrEqual(2 * 64 * 1024)
    await expectClosed(app)
  })

  test.runIf(isLinux)(
    'hears of a timeout: main was blocked for two seconds, and closes the file',
    async () => {
      const reader = await open()
      const { app } = reader
      await answerDialogs(app, large)
      await inPage(
        app,
        `(async () => {
        const link = openLines()
        const { id } = await link.call.choose()
        const stream = link
          .with({ timeout: 500 })
          .stream.read(id, { search: 'nowhere' }, new AbortController().signal)
        await stream.next()
        window.outcome = (async () => {
          try {
            for await (const batch of stream);
          } catch (error) {
            return error.code
          }
        })()
      })()`,
      )
      expect(await countOpen(app, large)).toBe(1)
      await blockMain(app, 2000)
      expect(await inPage(app, 'window.outcome')).toBe('timeout')
      await expectClosed(app)
    },
  )

  test('believes nothing a page says', async () => {
    const reader = await open()
    const { app } = reader
    await answerDialogs(app, small)
    const codes = await inPage<Record<string, unknown>>(
      app,
      `(async () => {
        const link = openLines()
        const { id, ...about } = await link.call.choose()
        const signal = new AbortController().signal
        const outcomeOf = async (asked) => {
          try {
            for await (const item of asked);
            return 'fine'
          } catch (error) {
            return error.code ?? error.name
          }
        }
        const callOf = (asked) => asked.then(() => 'fine', (error) => error.code ?? error.name)
        const read = (file, options) => outcomeOf(link.stream.read(file, options, signal))
        const sample = (megabytes) => outcomeOf(link.stream.makeSample(megabytes, signal))
        const files = ['/etc/passwd', '../x', '', 7, null, undefined, {}, ['a'], 'constructor', '__proto__']
        const options = [undefined, null, 7, 'text', {}, { search: 7 }, { search: 'x'.repeat(201) }]
        const sizes = [0, -1, 1.5, NaN, Infinity, 1001, '3', null, undefined, {}]
        const all = async (values, ask) => [...new Set(await Promise.all(values.map(ask)))]
        return {
          about: Object.keys(about),
          files: await all(files, (file) => read(file, { search: '' })),
          figures: await all(files, (file) => callOf(link.call.figures(file))),
          options: await all(options, (each) => read(id, each)),
          sizes: await all(sizes, sample),
          good: await read(id, { search: '([.*' }),
          methods: await all(['start', 'hasOwn', 'length'], (name) => callOf(link.call[name]())),
          twoSamples: (await Promise.all([sample(1), sample(1)])).sort(),
        }
      })()`,
    )
    expect(codes).toEqual({
      about: ['name', 'size'],
      files: ['UNKNOWN_FILE'],
      figures: ['UNKNOWN_FILE'],
      options: ['RangeError'],
      sizes: ['RangeError'],
      good: 'fine',
      methods: ['no-handler'],
      twoSamples: ['BUSY', 'fine'],
    })
    await answerDialogs(app, '/nowhere/secret.log')
    const leak = await inPage(
      app,
      'openLines().call.choose().catch((error) => [error.message, error.cause, { ...error }])',
    )
    expect(leak).toEqual(['"secret.log" is not there any more.', undefined, { code: 'ENOENT' }])
    await expectToWork(reader)
  })

  test('reads eight files at once and no more, and shares one dialog', async () => {
    const reader = await open()
    const { app } = reader
    await app.evaluate(({ dialog }, path) => {
      let dialogs = 0
      Object.assign(globalThis, { dialogs: () => dialogs })
      Object.assign(dialog, {
        async showOpenDialog() {
          dialogs += 1
          await new Promise((resolve) => setTimeout(resolve, 300))
          return { canceled: false, filePaths: [path] }
        },
      })
    }, large)
    const outcomes = await inPage(
      app,
      `(async () => {
        const link = openLines()
        const chosen = await Promise.all(Array.from({ length: 10 }, () => link.call.choose()))
        const ids = new Set(chosen.map(({ id }) => id))
        const streams = chosen.map(({ id }) => link.stream.read(id, { search: '' }, new AbortController().signal))
        const first = await Promise.all(streams.map((each) => each.next().then(() => 'fine', (error) => error.code)))
        await Promise.all(streams.map((each) => each.return()))
        return [ids.size, ...first]
      })()`,
    )
    expect(outcomes).toEqual([10, ...Array.from({ length: 8 }, () => 'fine'), 'BUSY', 'BUSY'])
    expect(await app.evaluate(() => Reflect.get(globalThis, 'dialogs')())).toBe(1)
    await expectClosed(app)
    await expectToWork(reader)
  })

  test('survives a hundred reloads in mid-stream: no listener, port or file is left', async () => {
    const reader = await openLarge()
    const { app, page } = reader
    await page.reload()
    await reader.waitForPort(2)
    const ports = await countPorts(app)
    await page.reload()
    await reader.waitForPort(3)
    const before = await countListeners(app, page)
    expect(await ports()).toBe(1)

    for (let i = 0; i < 100; i++) {
      // They go in mid-stream, while the port is asked for, or at any moment.
      if (i % 3 === 0) await startInPage(app, large)
      if (i % 3 === 1) await page.evaluate('void openLines().call.choose().catch(() => {})')
      if (i % 3 === 2) beginInPage(app, large)
      await page.reload()
    }

    // The last document may have begun what one before it was told to.
    await expect
      .poll(async () => {
        await page.reload()
        return countOpen(app, large)
      }, PATIENT)
      .toBe(0)
    await reader.waitForPort(104)
    await expect.poll(ports, PATIENT).toBe(1)
    await expectListenersAsBefore(app, page, before, 8)
    await expectToWork(reader)
  }, 300_000)

  test.runIf(isLinux)(
    'survives twenty crashes in mid-stream: no listener, port or file is left',
    async () => {
      const reader = await open()
      const { app } = reader
      const ports = await countPorts(app)
      // Main takes the crashes for hours apart, and does not leave the page alone.
      await app.evaluate(() => {
        const { now } = Date
        let hours = 0
        Object.assign(Date, { now: () => now() + hours * 3_600_000 })
        Object.assign(globalThis, { anHourPasses: () => (hours += 1) })
      })
      const listeners = (): Promise<number[]> =>
        app.evaluate(({ ipcMain, webContents }) =>
          [ipcMain, ...webContents.getAllWebContents()].map((emitter) =>
            emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0),
          ),
        )
      let before: number[] = []
      for (let crash = 1; crash <= 21; crash++) {
        await startInPage(app, large)
        expect(await countOpen(app, large)).toBe(1)
        const port = await portOf(app)
        await app.evaluate(() => Reflect.get(globalThis, 'anHourPasses')())
        await crashPage(app)
        await expectClosed(app)
        await expect.poll(() => portOf(app), PATIENT).toBeGreaterThan(port)
        if (crash === 1) before = await listeners()
      }
      await expect.poll(ports, PATIENT).toBe(1)
      expect(await listeners()).toEqual(before)
      await startInPage(app, small)
      expect(await inPage(app, 'window.linesRead')).toBe(2)
    },
    120_000,
  )

  test('fits its window, in light and dark, and can be read at 800 pixels', async () => {
    const reader = await openLarge()
    const { app, page } = reader
    await reader.startAndWait({ search: '99', isSlow: true })
    await reader.button('Pause').click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { needed, given } = await page.evaluate(() => ({
        needed: document.documentElement.scrollHeight,
        given: innerHeight,
      }))
      expect(needed).toBeLessThanOrEqual(given)
    }
    const window = await app.browserWindow(page)
    await window.evaluate((each) => each.setContentSize(800, 700))
    await expect.poll(() => page.evaluate(() => innerWidth), PATIENT).toBe(800)
    const overflow = await page.evaluate(() =>
      [...document.querySelectorAll('main *:not(li, mark)')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.className),
    )
    expect(overflow).toEqual([])
  })

  test('can be used by keyboard alone', async () => {
    const reader = await openLarge()
    const { page } = reader
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.getByLabel('Slow reader').check()
    await page.getByLabel('Only lines with').focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => reader.count(), PATIENT).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pause' }).focus()
    await page.keyboard.press('Space')
    await reader.waitForStatus(/^Paused/)
    expect(await focused()).toBe('Resume')
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('Cancel')
    await page.keyboard.press('Enter')
    await reader.waitForStatus(/^Cancelled/)
    expect(await focused()).toBe('Start')
  })
})

const START = `(async () => {
  const link = openLines()
  const { id } = await link.call.choose()
  const stream = link.stream.read(id, { search: '' }, new AbortController().signal)
  const { value } = await stream.next()
  window.linesRead = value.linesRead
  window.stream = stream
})()`

/** Opens the link once more in the page, and reads `path` by it. Resolves with the first lines. */
async function startInPage(app: ElectronApplication, path: string): Promise<void> {
  await answerDialogs(app, path)
  await inPage(app, START)
}

/**
 * The same, without waiting for anything. Nor does Electron wait for it in the page: Electron 33 never lets
 * go of a document that is gone before a script ends for which it waits.
 */
function beginInPage(app: ElectronApplication, path: string): void {
  const begun = answerDialogs(app, path).then(() => inPage(app, `void ${START}.catch(() => {})`))
  begun.catch(() => {}) // the page may be gone by then
}

/** Counts the ports that main starts from now on, and those before as none. Gives how to read the count. */
async function countPorts(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(({ MessageChannelMain }) => {
    const open = new Set<object>()
    const prototype = Object.getPrototypeOf(new MessageChannelMain().port1)
    const { start } = prototype
    prototype.start = function count(this: Electron.MessagePortMain) {
      open.add(this)
      this.once('close', () => open.delete(this))
      return start.call(this)
    }
    Object.assign(globalThis, { openPorts: () => open.size })
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'openPorts')())
}

function largeLine(number: number): string {
  return `${String(number).padStart(10)} ${'lorem ipsum '.repeat(8)}`.slice(0, 99)
}

function writeLargeFile(path: string): void {
  const file = openSync(path, 'w')
  for (let from = 1; from <= LARGE_LINES; from += 10_000) {
    let block = ''
    for (let number = from; number < from + 10_000; number++) block += `${largeLine(number)}\n`
    writeSync(file, block)
  }
  closeSync(file)
}
