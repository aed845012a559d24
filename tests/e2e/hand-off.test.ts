import type { ElectronApplication, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom, pageOf } from './darkroom.ts'
import { readStderr } from './measure.ts'
import { addFrame, ask, loadInAppWindow, openBarePage } from './raw-ports.ts'

const electron = inject('electron')

/** Before, the frame of a message shows the next document at once. */
const canBeDetached = 'major' in electron && electron.major >= 33

describeInElectron('The hand-off of ports', ({ launch }) => {
  const project = inject('workerWindowProject')
  const open = async (): Promise<Darkroom> => Darkroom.open((await launch(project)).app)

  test('gives a page a genuine MessagePort to the kernel of the other', async () => {
    const { app } = await open()
    const page = await openBarePage(app, 'app')
    expect(await ask(page, 'open', 'jobs')).toMatchObject({
      type: 'ports:grant',
      generation: 2,
      isMessagePort: true,
    })
    const answer = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
          port.addEventListener('message', ({ data }) => resolve(data))
          port.start()
          port.postMessage([4, 'call', 1, 'sing', undefined])
        }),
    )
    expect(answer).toMatchObject([3, 'error', 1, { fields: { code: 'no-handler' } }])
  })

  test('gives each that asks a port of its own', async () => {
    const { app } = await open()
    const page = await openBarePage(app, 'app')
    const outcomes = [await ask(page, 'open', 'jobs'), await ask(page, 'open', 'jobs')]
    expect(outcomes.map(({ generation }) => generation)).toEqual([2, 3])
  })

  test('gives ports that carry 10,000 messages in order, sent before the other end listens', async () => {
    const { app } = await open()
    const worker = await openBarePage(app, 'worker')
    const page = await openBarePage(app, 'app')
    const [accepted, opened] = await Promise.all([
      ask(worker, 'accept', 'jobs'),
      ask(page, 'open', 'jobs'),
    ])
    expect(accepted.generation).toBe(opened.generation)
    await page.evaluate(() => {
      const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
      for (let i = 0; i < 10_000; i++) port.postMessage(i)
      port.close()
    })
    const received = await worker.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
          const numbers: number[] = []
          port.addEventListener('message', ({ data }) => numbers.push(data))
          port.addEventListener('close', () => resolve(numbers))
          port.start()
        }),
    )
    expect(received).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
  })

  test.each(['pagehide', 'visibilitychange', 'unload'])(
    'lets the last words of a page through that it has at its %s',
    async (type) => {
      const { app, page } = await open()
      const worker = await pageOf(app, 'worker')
      await worker.evaluate(() => {
        const heard: unknown[] = []
        Reflect.set(window, 'heard', heard)
        const { start } = MessagePort.prototype
        MessagePort.prototype.start = function started() {
          this.addEventListener('message', ({ data }) => heard.push(data))
          start.call(this)
        }
      })
      await page.addInitScript((event) => {
        const { start } = MessagePort.prototype
        MessagePort.prototype.start = function started() {
          const target = event === 'visibilitychange' ? document : window
          target.addEventListener(event, () => this.postMessage(`goodbye at ${event}`))
          start.call(this)
        }
      }, type)
      await page.reload()
      await new Darkroom(app, page).waitForPort(2)
      await page.reload()
      await expect
        .poll(() => worker.evaluate(() => Reflect.get(window, 'heard')))
        .toContain(`goodbye at ${type}`)
    },
  )

  test('holds main up by no storm of requests', async () => {
    const { app } = await open()
    const page = await openBarePage(app, 'app')
    for (const what of ['withdraw', 'accept', 'open']) {
      const longest = watchPauses(app)
      const tries = await page.evaluate((name) => {
        const bridge = Object(Reflect.get(window, 'portsBridge'))
        const end = performance.now() + 2000
        let count = 0
        for (; performance.now() < end; count++) {
          bridge[name](name === 'withdraw' ? undefined : { link: 'jobs', nonce: `${count}` })
        }
        return count
      }, what)
      expect(tries).toBeGreaterThan(1000)
      expect(await longest).toBeLessThan(1000)
    }
  })

  test.each([undefined, {}, { link: 'jobs' }, { link: 'jobs', nonce: 1 }])(
    'takes nothing from a page that is no request: %j',
    async (nonsense) => {
      const { app } = await open()
      const page = await openBarePage(app, 'app')
      const failure = await page.evaluate((ask) => {
        try {
          Reflect.get(window, 'portsBridge').open(ask as never)
          return 'taken'
        } catch (error) {
          return String(error)
        }
      }, nonsense)
      expect(failure).toContain('The hand-off is asked for { link, nonce }')
    },
  )

  test('refuses what src/topology.ts does not have', async () => {
    const darkroom = await open()
    const app = await openBarePage(darkroom.app, 'app')
    const worker = await openBarePage(darkroom.app, 'worker')
    const reasonFor = async (page: Page, how: 'open' | 'accept', link: string) => {
      const { type, reason, isMessagePort } = await ask(page, how, link)
      expect({ type, isMessagePort }).toEqual({ type: 'ports:refuse', isMessagePort: false })
      return reason
    }
    expect(await reasonFor(app, 'open', 'files')).toBe(
      'There is no link "files" in src/topology.ts.',
    )
    expect(await reasonFor(app, 'accept', 'jobs')).toBe(
      'The link "jobs" goes from "app" to "worker" in src/topology.ts: "app" is not its "to".',
    )
    expect(await reasonFor(worker, 'open', 'jobs')).toBe(
      'The link "jobs" goes from "app" to "worker" in src/topology.ts: "worker" is not its "from".',
    )
  })

  test('refuses a page of another origin in the same window', async () => {
    const { app, page } = await open()
    await loadInAppWindow(app, 'app://evil/index.html')
    expect(await ask(page, 'open', 'jobs')).toMatchObject({
      type: 'ports:refuse',
      reason: 'Pages of "app://evil" may not ask for ports.',
    })
  })

  test.runIf(canBeDetached)('refuses a document that another has replaced by then', async () => {
    const { app } = await open()
    const page = await openBarePage(app, 'app')
    await page.evaluate(() => {
      addEventListener('unload', () => {
        Reflect.get(window, 'portsBridge').open({ link: 'jobs', nonce: 'late' })
      })
    })
    const output = readStderr(app)
    await loadInAppWindow(app, 'app://evil/index.html')
    await expect.poll(output).toContain('A port was refused. The frame that asked is gone.')
  })

  test('refuses a window that is no node', async () => {
    const { app } = await open()
    const stranger = await openWindow(app, { nodeIntegrationInSubFrames: false })
    expect(await ask(stranger, 'open', 'jobs')).toMatchObject({
      type: 'ports:refuse',
      reason: 'This window is no node of src/topology.ts.',
    })
  })

  test('refuses a frame inside of a page, even where the preload runs in it', async () => {
    const { app } = await open()
    const stranger = await openWindow(app, { nodeIntegrationInSubFrames: true })
    const frame = await addFrame(stranger)
    const output = readStderr(app)
    expect(await ask(frame, 'open', 'jobs')).toMatchObject({ type: 'nothing' })
    await expect
      .poll(output)
      .toContain('A port was refused. Only the top frame of a window may ask for a port.')
  })

  test('gives a frame inside of a page nothing to ask with', async () => {
    const { page } = await open()
    const frame = await addFrame(page)
    expect(await frame.evaluate(() => 'portsBridge' in window)).toBe(false)
  })

  test('lets no grant in that has a wrong nonce, and closes its port', async () => {
    const { page } = await open()
    const isClosed = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve('used'))
          port1.addEventListener('close', () => resolve('closed'))
          port1.start()
          const grant = { type: 'ports:grant', link: 'jobs', nonce: 'guessed', generation: 9 }
          postMessage(grant, location.origin, [port2])
          setTimeout(() => resolve('open'), 2000)
        }),
    )
    expect(isClosed).toBe('closed')
    await expectPort(page, 1)
  })

  test('lets no grant through to a document that did not ask, and closes its port', async () => {
    const { app } = await open()
    const page = await openBarePage(app, 'app')
    await page.evaluate(() => {
      addEventListener('message', () => Reflect.set(window, 'gotMessage', true))
    })
    const outcome = await app.evaluate(({ MessageChannelMain, webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => /\/app\//.test(each.getURL()))
      const { port1, port2 } = new MessageChannelMain()
      const grant = { type: 'ports:grant', link: 'jobs', nonce: 'of another document' }
      contents?.postMessage('ports:grant', grant, [port1])
      return new Promise((resolve) => {
        port2.once('close', () => resolve('closed'))
        port2.start()
        setTimeout(() => resolve('open'), 2000)
      })
    })
    expect(outcome).toBe('closed')
    expect(await page.evaluate(() => 'gotMessage' in window)).toBe(false)
  })

  test('takes no grant from a frame, whatever its nonce', async () => {
    const { page } = await open()
    const frame = await addFrame(page)
    await page.evaluate(() => {
      const received: unknown[] = []
      // Runs after the kernel's own listener.
      addEventListener('message', ({ source, data }) =>
        received.push([source === window, data.type]),
      )
      Reflect.set(window, 'received', received)
    })
    await frame.evaluate(() => {
      const grant = { type: 'ports:grant', link: 'jobs', nonce: '', generation: 9 }
      parent.postMessage(grant, '*', [new MessageChannel().port2])
    })
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'received')))
      .toEqual([[false, 'ports:grant']])
    await expectPort(page, 1)
  })
})

/** For how long main is busy without a pause, at most, in the three seconds from now on: in milliseconds. */
function watchPauses(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [longest, last] = [0, performance.now()]
        const timer = setInterval(() => {
          longest = Math.max(longest, performance.now() - last)
          last = performance.now()
        }, 10)
        setTimeout(() => {
          clearInterval(timer)
          resolve(longest)
        }, 3000)
      }),
  )
}

async function expectPort(page: Page, port: number): Promise<void> {
  expect(await page.locator('#links').textContent()).toBe(`jobs · connected · port ${port}`)
}

/** A window of the app's own page with the app's own preload, which the broker was not told of. */
async function openWindow(
  app: ElectronApplication,
  preferences: { nodeIntegrationInSubFrames: boolean },
): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(async ({ BrowserWindow, app: electronApp }, added) => {
    const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, ...added },
    })
    await window.loadURL('app://bundle/app/bare').catch(() => {})
  }, preferences)
  return opened
}
