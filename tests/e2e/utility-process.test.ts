import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  link,
  mkdir,
  mkdtemp,
  readlink,
  readdir,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { waitForSessionToEnd } from '../electron/processes.ts'
import { crashAgainAndAgain, hasten } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { answerDialogs } from './dialogs.ts'
import { Hasher } from './hasher.ts'
import {
  blockMain,
  countIpcMessages,
  countListeners,
  expectListenersAsBefore,
  noteChanges,
} from './measure.ts'
import { askRaw } from './raw-channel.ts'
import { ask, openBarePage } from './raw-ports.ts'
import { useProject } from './use-project.ts'

describeInElectron('A project with a utility process', ({ launch, env }) => {
  const project = useProject(['utility-process'], env)
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'utility-process-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const open = async (): Promise<Hasher> => {
    const { app } = await launch(project())
    const demo = new Hasher(app, await pageOf(app, 'app'))
    await demo.waitForPid()
    return demo
  }
  /** Opens the app with a job of many minutes under way: 500 GB to read, and 100 MB on the disk at most. */
  const openWithLongJob = async (): Promise<Hasher> => {
    const demo = await open()
    const large = join(await mkdtemp(join(folder, 'job-')), 'large')
    await writeFile(large, '')
    await truncate(large, 100_000_000)
    for (let count = 1; count < 5000; count++) await link(large, `${large}-${count}`)
    await demo.startLongJob(dirname(large))
    return demo
  }

  test('hashes a folder as sha256sum does', async () => {
    const demo = await open()
    await mkdir(join(folder, 'inner'))
    await writeFile(join(folder, 'inner/b.txt'), 'b'.repeat(3_000_000))
    await writeFile(join(folder, 'a.txt'), 'a')
    await writeFile(join(folder, 'z z.txt'), '')
    const list = execFileSync('sha256sum', ['a.txt', 'inner/b.txt', 'z z.txt'], { cwd: folder })
    await demo.hash(folder)
    await demo.expectStatus(/^3 files, 3 MB in .* All of it: /)
    const digest = await demo.page.locator('.status').getAttribute('title')
    expect(digest).toBe(createHash('sha256').update(list).digest('hex'))
    expect(await demo.page.locator('.files li').count()).toBe(3)
  })

  test('says what is wrong with a folder, and goes on', async () => {
    const demo = await open()
    await demo.hash(folder)
    await demo.expectStatus(/^There is nothing to hash\.$/)
    await demo.hash(join(folder, 'gone'))
    await demo.expectStatus(/gone" cannot be hashed\. It is not there any more\.$/)
    await writeFile(join(folder, 'a.txt'), 'a')
    await demo.hash(join(folder, 'a.txt'))
    await demo.expectStatus(/a\.txt" cannot be hashed\. It is not a folder\.$/)
    execFileSync('mkfifo', [join(folder, 'pipe')])
    execFileSync('ln', ['-s', '/', join(folder, 'link')])
    await demo.hash(folder)
    await demo.expectStatus(/^1 file, 1 byte in/)
    await answerDialogs(demo.app, undefined)
    await demo.page.click('.choose')
    await demo.expectStatus(/^1 file, 1 byte in/)
    expect(await demo.page.locator('.files').innerText()).toMatch(/^a\.txt/)
  })

  test('is asked by the indexer about large files: yes, no, cancelled, and one that vanished', async () => {
    const demo = await open()
    const { page } = demo
    for (const name of ['a', 'b', 'c']) {
      await writeFile(join(folder, name), '')
      await truncate(join(folder, name), 2_000_000)
    }
    await page.getByLabel('Ask me above').selectOption('1 MB')
    await demo.hash(folder)
    const question = page.getByRole('alert')
    await question.getByText('a has 2 MB.').waitFor()
    await page.click('.hash-it')
    await question.getByText('b has 2 MB.').waitFor()
    await page.click('.skip-it')
    await question.getByText('c has 2 MB.').waitFor()
    await rm(join(folder, 'c'))
    await page.click('.hash-it')
    await demo.expectStatus(/^1 file, 2 MB in .* 2 skipped\./)
    const lines = await page.locator('.files li').allTextContents()
    expect(lines[1]).toBe('bskipped. You said no.')
    expect(lines[2]).toBe('cskipped. It is not there any more.')

    await demo.hash(folder)
    await question.getByText('a has 2 MB.').waitFor()
    await page.click('.cancel')
    await demo.expectStatus(/^Cancelled\.$/)
    await expect.poll(() => question.isVisible()).toBe(false)
  })

  test('tells a kill, a crash, a signal, an error nobody caught and an exit from each other', async () => {
    const demo = await openWithLongJob()
    await hasten(demo.app)
    await hastenPage(demo.page)
    const deaths: [end: () => Promise<void>, words: string][] = [
      [() => demo.press('Kill'), 'killed by this app'],
      [() => demo.press('Crash'), 'crashed'],
      [async () => demo.signal(await demo.waitForPid(), 'SIGKILL'), 'killed from outside'],
      [() => demo.press('Throw'), 'ended by an error that nobody caught'],
      [() => demo.press('Exit with 3'), 'exited with code 3'],
    ]
    let port = 1
    for (const [pause, [end, words]] of deaths.entries()) {
      const pid = await demo.waitForPid()
      await end()
      await demo.expectStatus(/^The indexer is gone, and the job with it/)
      await expect
        .poll(() => demo.life(), { timeout: 5000 })
        .toContain(`${words} · starts again in ${[100, 500, 2000, 5000, 15_000][pause]} ms`)
      expect(await demo.waitForPid(pid)).not.toBe(pid)
      port = await demo.waitForPort(port + 1)
      await demo.startLongJob(folder)
    }
    await demo.page.click('.cancel')
    await demo.expectStatus(/^Cancelled\.$/)
  }, 60_000)

  test('stays down after the sixth death in a row, says so, and can be started', async () => {
    const demo = await open()
    await hasten(demo.app)
    await hastenPage(demo.page)
    for (let death = 1; death <= 6; death++) {
      const pid = await demo.waitForPid()
      await demo.press('Crash')
      if (death < 6) await demo.waitForPid(pid)
    }
    await expect.poll(() => demo.life()).toContain('crashed · died too often: stays down')
    expect(await demo.page.locator('.state').textContent()).toBe('died too often: stays down')
    await demo.hash(folder)
    await demo.expectStatus(
      /^"indexer" has failed too often, and stays down until it is tried again\.$/,
    )
    expect(await demo.page.getByRole('button', { name: 'Crash' }).isDisabled()).toBe(true)

    await demo.press('Start now')
    await demo.waitForPid()
    await expect.poll(() => demo.page.locator('.link[data-state="down"]').count()).toBe(0)
    await demo.hash(folder)
    await demo.expectStatus(/^There is nothing to hash\.$/)
    await demo.press('Kill')
    await expect.poll(() => demo.life()).toMatch(/killed by this app · starts again in 100 ms\s/)
  })

  test('gives a port to all who asked before it had started, and answers what they posted, in order', async () => {
    const demo = await open()
    await hasten(demo.app, 2000)
    const bare = await openBarePage(demo.app, 'app')
    await ask(bare, 'open', 'processes')
    await askRaw(bare, ['call', 'killIndexer'])
    const answers = await askManyTimes(bare, 40)
    expect(answers).toEqual(Array.from({ length: 40 }, () => Array(100).fill('NO_PERMIT')))
  })

  test('a kill that comes before the process has started is not lost', async () => {
    const demo = await open()
    await demo.press('Kill')
    await demo.page.evaluate(() => {
      const find = (name: string) => document.querySelector(`.${name}`) as HTMLButtonElement
      const press = (): void => {
        find('start').click()
        find('kill').disabled = false
        find('kill').click()
      }
      new MutationObserver((_changes, observer) => {
        if (find('state').dataset['state'] !== 'ended') return
        observer.disconnect()
        press()
      }).observe(find('state'), { attributes: true })
    })
    const kills = async () => (await demo.life()).match(/killed by this app/g)?.length
    await expect.poll(kills, { timeout: 20_000 }).toBe(2)
    await demo.waitForPid()
  })

  test('says why it does not start, when its file is not there', async () => {
    const demo = await open()
    const printed = readOutput(demo.app)
    const file = join(project(), 'out/utility/indexer/index.cjs')
    await rename(file, `${file}.away`)
    try {
      await demo.press('Kill')
      await expect.poll(() => demo.life(), { timeout: 10_000 }).toMatch(/exited with code 1 ·/)
      await expect.poll(() => demo.life()).toContain('Cannot find module')
      await expect.poll(printed).toMatch(/\[indexer\] .*Cannot find module/)
    } finally {
      await rename(`${file}.away`, file)
    }
    await demo.page.getByRole('button', { name: 'Start now' }).click({ timeout: 15_000 })
    await demo.hash(folder)
    await demo.expectStatus(/^There is nothing to hash\.$/)
  }, 40_000)

  test('prints all that a process wrote before it ended, though main could not read it', async () => {
    const demo = await open()
    const printed = readOutput(demo.app)
    const file = join(project(), 'out/utility/indexer/index.cjs')
    await rename(file, `${file}.away`)
    const lines = Array.from({ length: 1000 }, (_, index) => `one of its last words, ${index}`)
    const words = JSON.stringify(`${lines.join('\n')}\nand the end`)
    const main = demo.app.process().pid!
    try {
      await writeFile(
        file,
        `setTimeout(() => process.stderr.write(${words}, () => process.exit(1)), 600)`,
      )
      await demo.press('Kill')
      await demo.waitForPid()
      await delay(300)
      demo.signal(main, 'SIGSTOP')
      await delay(1000)
      demo.signal(main, 'SIGCONT')
      await expect.poll(printed).toContain('[indexer] and the end')
      const last = printed().matchAll(/\[indexer\] (one of its last words, \d+)/g)
      expect(Array.from(last, ([, line]) => line).slice(0, 1000)).toEqual(lines)
    } finally {
      await rename(`${file}.away`, file)
    }
  })

  test('has a fatal error that is told, and not one of main', async () => {
    const demo = await open()
    const printed = readOutput(demo.app)
    // Electron tells of V8's fatal errors like this since 33.
    await demo.app.evaluate((electron) => {
      const { fork } = electron.utilityProcess
      electron.utilityProcess.fork = (...args) => {
        const child = fork(...args)
        const location = 'v8::Object::New'
        child.once('spawn', () => child.emit('error', 'FatalError', location, '{}'))
        return child
      }
    })
    await demo.press('Kill')
    await expect
      .poll(printed)
      .toContain('The utility process "indexer" has a fatal error: FatalError, at v8::Object::New.')
    expect(printed()).not.toMatch(/Uncaught|ERR_UNHANDLED_ERROR/)
  })

  test('works on while main is blocked, which sees nothing of it', async () => {
    const demo = await openWithLongJob()
    const changes = await noteChanges(demo.page, '.progress')
    const ipcMessages = await countIpcMessages(demo.app)
    const portMessages = await countPortMessages(demo.app)

    const blocked = await blockMain(demo.app, 2000)
    const during = async (): Promise<number> =>
      (await changes()).filter((at) => at > blocked.began && at < blocked.ended).length
    await expect.poll(during).toBeGreaterThan(8)

    await demo.page.click('.cancel')
    await demo.expectStatus(/^Cancelled\.$/)
    expect(await ipcMessages()).toBe(0)
    expect(await portMessages()).toBe(0)
  })

  test('puts what the indexer prints into the log, after its name', async () => {
    const demo = await open()
    const printed = readOutput(demo.app)
    await demo.hash(folder)
    await demo.press('Throw')
    await expect.poll(printed).toMatch(/^\[indexer\] Ready, with Node/m)
    await expect.poll(printed).toMatch(new RegExp(`^\\[indexer\\] Hashed ${folder}$`, 'm'))
    await expect.poll(printed).toMatch(/^\[indexer\] Error: This error was thrown on purpose/m)
    await expect.poll(printed).toMatch(/^The utility process "indexer" threw \(code 70\)/m)
  })

  test('stops its work when it is cancelled, and when its page has gone', async () => {
    const demo = await openWithLongJob()
    const reads = async (): Promise<boolean> => readsFile(await demo.waitForPid(), 'large')
    await expect.poll(reads).toBe(true)
    await demo.page.click('.cancel')
    await expect.poll(reads).toBe(false)
    await demo.startLongJob(folder)
    await expect.poll(reads).toBe(true)
    await demo.page.reload()
    await expect.poll(reads).toBe(false)
  })

  test('is found to hang, and the next job works once it is killed', async () => {
    const demo = await openWithLongJob()
    const pid = await demo.waitForPid()
    demo.signal(pid, 'SIGSTOP')
    await demo.expectStatus(/^The indexer is gone/, 20_000)
    demo.signal(pid, 'SIGKILL')
    expect(await demo.waitForPid(pid)).not.toBe(pid)
    await demo.startLongJob(folder)
  }, 40_000)

  test('hashes nothing that the user did not choose, whatever the page says, and goes on', async () => {
    const demo = await open()
    const bare = await openBarePage(demo.app, 'app')
    await ask(bare, 'open', 'hashes')
    for (const path of ['/', '/etc', folder, '', '..', '\0', 7, null, {}, ['/'], undefined]) {
      expect(await askRaw(bare, ['stream', 'hashFolder', 8, path, 0])).toMatchObject([
        'error',
        { fields: { code: 'NOT_PERMITTED' } },
      ])
    }
    for (const how of ['die', 7, null, {}, 'constructor']) {
      await bare.evaluate((value) => {
        const [port] = Reflect.get(window, 'rawPorts') as MessagePort[]
        port!.postMessage([3, 'notify', 'die', value])
      }, how)
    }
    expect(await askRaw(bare, ['call', 'constructor'])).toMatchObject([
      'error',
      { fields: { code: 'no-handler' } },
    ])
    expect((await ask(bare, 'open', 'permits')).type).toBe('ports:refuse')
    await ask(bare, 'open', 'processes')
    for (const signal of ['x', 7, {}, []]) {
      expect((await askRaw(bare, ['stream', 'watchIndexer', 8, signal]))[0]).toBe('error')
    }
    for (const method of ['mayRead', '__proto__', 'permit']) {
      expect(await askRaw(bare, ['call', method, '/'])).toMatchObject(['error', {}])
    }
    expect(await askRaw(bare, ['call', 'startIndexer', {}])).toEqual(['result', undefined])
  }, 30_000)

  test('a hundred reloads and twenty crashes of the page leave its links, and nothing behind', async () => {
    const demo = await open()
    const { app, page } = demo
    const fds = async (): Promise<number> => countFds(await indexerPid(app))
    await demo.waitForPort(1)
    await page.reload()
    await demo.waitForPort(2)
    await demo.waitForPid()
    const before = await countListeners(app, page)
    const fdsBefore = await fds()
    for (let port = 3; port <= 102; port++) {
      await page.reload()
      // A document that is gone before main has read what it asked for gets no port.
      expect(await demo.waitForPort(port)).toBe(port)
    }
    await demo.waitForPid()
    await expectListenersAsBefore(app, page, before)
    await expect.poll(fds).toBeLessThan(fdsBefore + 5)
    expect(await crashAgainAndAgain(app, 'app', 20)).toEqual(Array(20).fill('connected'))
    await expect.poll(fds).toBeLessThan(fdsBefore + 5)
  }, 300_000)

  test('twenty deaths of the indexer leave its links, and nothing behind', async () => {
    const demo = await open()
    const { app, page } = demo
    await hasten(app, 2000) // long enough to be seen to have ended
    await hastenPage(page)
    let port = await demo.waitForPort(1)
    const dieAndReturn = async (death: number): Promise<void> => {
      const pid = await demo.waitForPid()
      await demo.press(['Kill', 'Crash', 'Throw', 'Exit with 3'][death % 4] as string)
      await page.locator('.state[data-state=ended]').waitFor()
      await page.evaluate(() => document.querySelector<HTMLElement>('.start')?.click())
      await demo.waitForPid(pid)
      port = await demo.waitForPort(port + 1)
    }
    await dieAndReturn(0)
    const before = await countListeners(app, page)
    const appListeners = await countAppListeners(app)
    const fds = await countFds(app.process().pid)
    for (let death = 1; death <= 20; death++) await dieAndReturn(death)
    await expect.poll(() => countAppListeners(app)).toEqual(appListeners)
    await expectListenersAsBefore(app, page, before, 8)
    await expect.poll(() => countFds(app.process().pid)).toBeLessThan(fds + 4)
    await demo.hash(folder)
    await demo.expectStatus(/^There is nothing to hash\.$/)
  }, 120_000)

  test('ends with its window: during a job, and while the indexer is about to come back', async () => {
    for (const before of ['job', 'pause']) {
      const demo = await openWithLongJob()
      if (before === 'pause') {
        await hasten(demo.app, 2000)
        await demo.press('Kill')
        await demo.page.locator('.state[data-state=ended]').waitFor()
      }
      const main = demo.app.process()
      const ended = new Promise((resolve) => main.once('exit', resolve))
      const window = await demo.app.browserWindow(demo.page)
      await window.evaluate((each) => void setTimeout(() => each.close()))
      expect(await ended).toBe(0)
      expect(await waitForSessionToEnd(main.pid!, 5000)).toEqual([])
    }
  }, 40_000)

  test('shows its page whole, and at 800 pixels', async () => {
    const demo = await openWithLongJob()
    for (const width of [1080, 800]) {
      await demo.app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size, 760),
        width,
      )
      await expect.poll(() => demo.page.evaluate(() => innerWidth)).toBe(width)
      const overflow = await demo.page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement
        return { x: scrollWidth > innerWidth, y: scrollHeight > innerHeight }
      })
      expect(overflow).toEqual({ x: false, y: false })
    }
  })
})

/** Makes the pauses short after which a page asks for its next port: they grow when ports die young. */
async function hastenPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const original = window.setTimeout
    const shorter = (run: () => void, milliseconds = 0): number =>
      original(run, milliseconds <= 2000 ? Math.min(milliseconds, 50) : milliseconds)
    Object.assign(window, { setTimeout: shorter })
  })
}

/** The process id of the indexer, as Electron has it. */
function indexerPid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(
    ({ app: { getAppMetrics } }) => getAppMetrics().find(({ name }) => name === 'indexer')?.pid,
  )
}

/** How many messages come over main's ports from now on. */
async function countPortMessages(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(() => {
    const { EventEmitter } = process.mainModule!.require('node:events')
    const { emit } = EventEmitter.prototype
    let count = 0
    EventEmitter.prototype.emit = function counted(this: object, name: string, ...args: unknown[]) {
      if (name === 'message' && /Port|Utility/.test(this.constructor.name)) count += 1
      return emit.call(this, name, ...args)
    }
    Reflect.set(globalThis, 'portMessages', () => count)
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'portMessages')())
}

/** Opens the link `hashes` so many times at once, posts 100 questions into each, and gives the codes of the answers. */
function askManyTimes(page: Page, times: number): Promise<string[][]> {
  return page.evaluate(async (count) => {
    const openPort = (nonce: string): Promise<MessagePort> =>
      new Promise((resolve) => {
        addEventListener('message', ({ data, ports: [port] }) => {
          if (data.nonce === nonce && port) resolve(port)
        })
        Reflect.get(window, 'portsBridge').open({ link: 'hashes', nonce })
      })
    const askAll = async (nonce: string): Promise<string[]> => {
      const port = await openPort(nonce)
      return new Promise((resolve) => {
        const codes: string[] = []
        let last = 0
        port.addEventListener('message', ({ data }: MessageEvent<unknown[]>) => {
          for (let at = 0; at < data.length; at += 1 + (data[at] as number)) {
            const [kind, id] = data.slice(at + 1, at + 3)
            if (kind !== 'error') continue
            codes.push(id === last + 1 ? 'NO_PERMIT' : `after ${last} came ${String(id)}`)
            last = id as number
          }
          if (codes.length === 100) resolve(codes)
        })
        port.start()
        for (let id = 1; id <= 100; id++) {
          port.postMessage([7, 'stream', id, 'hashFolder', undefined, 8, '/', 0])
        }
      })
    }
    return Promise.all(Array.from({ length: count }, (_, index) => askAll(`nonce ${index}`)))
  }, times)
}

/** Keeps what the app prints from now on. Gives how to read it. */
function readOutput(app: ElectronApplication): () => string {
  let output = ''
  const keep = (chunk: Buffer): string => (output += chunk.toString())
  app.process().stdout?.on('data', keep)
  app.process().stderr?.on('data', keep)
  return () => output
}

function countAppListeners(app: ElectronApplication): Promise<number> {
  return app.evaluate((electron) =>
    electron.app
      .eventNames()
      .reduce((sum, name) => sum + electron.app.listenerCount(name as string), 0),
  )
}

/** Electron 22 itself leaves a `/dev/null` open for each utility process that it starts: those are not counted. */
async function countFds(pid: number | undefined): Promise<number> {
  return (await openFiles(pid)).filter((file) => file !== '/dev/null').length
}

/** Whether a process has a file open whose name begins so. */
async function readsFile(pid: number, name: string): Promise<boolean> {
  return (await openFiles(pid)).some((file) => file.includes(`/${name}`))
}

/** What the file descriptors of a process stand for, as Linux has it. */
async function openFiles(pid: number | undefined): Promise<string[]> {
  const fds = await readdir(`/proc/${pid}/fd`)
  return Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
}
