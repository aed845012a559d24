import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { waitForSessionToEnd } from '../electron/processes.ts'
import { crash, hasten } from './crash.ts'
import { Darkroom } from './darkroom.ts'
import { countListeners, expectListenersAsBefore, watchTimeouts } from './measure.ts'

/** From the moment at which one end goes until the other one knows, in milliseconds. */
const KNOWN_WITHIN = 1000

describeInElectron('A job under way', ({ launch }) => {
  const project = inject('workerWindowProject')
  const startLongJob = async (): Promise<Darkroom> => {
    const darkroom = await Darkroom.open((await launch(project)).app)
    await darkroom.startLongJob()
    return darkroom
  }
  const expectFailure = async (darkroom: Darkroom): Promise<void> => {
    await darkroom.waitForStatus(/port/, KNOWN_WITHIN)
    expect(await darkroom.status()).toEqual({
      text: 'The other end of the port is gone.',
      code: 'closed',
    })
  }
  const expectNextJobToWork = async (darkroom: Darkroom): Promise<void> => {
    await darkroom.chooseSample()
    expect((await darkroom.paint({ brush: 2 })).width).toBe(600)
  }

  test('fails when the worker is reloaded, and the next one works', async () => {
    const darkroom = await startLongJob()
    const worker = await darkroom.workerPage()
    const reloaded = worker.reload()
    await expectFailure(darkroom)
    await reloaded
    await darkroom.waitForPort(2)
    await expectNextJobToWork(darkroom)
  })

  test('fails when the worker crashes, which comes back, again and again', async () => {
    const darkroom = await startLongJob()
    for (const port of [2, 3, 4]) {
      await darkroom.crash('worker')
      await expectFailure(darkroom)
      await darkroom.waitForPort(port, 15_000)
      await darkroom.startLongJob()
    }
    await darkroom.cancel()
    await expectNextJobToWork(darkroom)
  })

  test('is never waited for in vain: each of fifteen crashes gets the page a new port', async () => {
    const darkroom = await Darkroom.open((await launch(project)).app)
    // Without a pause the app would leave the page down after five.
    await darkroom.app.evaluate(({ webContents }) => {
      const contents = webContents
        .getAllWebContents()
        .find((each) => /\/worker\//.test(each.getURL()))
      const url = contents?.getURL() ?? ''
      contents?.removeAllListeners('render-process-gone')
      contents?.on('render-process-gone', () => void contents.loadURL(url).catch(() => {}))
    })
    for (let port = 2; port <= 16; port++) {
      await darkroom.crash('worker')
      await darkroom.waitForPort(port, 15_000)
      await darkroom.page.waitForTimeout(300)
    }
    await expectNextJobToWork(darkroom)
  }, 120_000)

  test('fails when the process of the worker is killed, and the next one works', async () => {
    const darkroom = await startLongJob()
    const window = await darkroom.app.browserWindow(await darkroom.workerPage())
    process.kill(await window.evaluate((each) => each.webContents.getOSProcessId()), 'SIGKILL')
    await expectFailure(darkroom)
    await darkroom.waitForPort(2)
    await expectNextJobToWork(darkroom)
  })

  test('fails when the process of the worker is told to hang up, which ends in order, and the next one works', async () => {
    const darkroom = await startLongJob()
    const window = await darkroom.app.browserWindow(await darkroom.workerPage())
    process.kill(await window.evaluate((each) => each.webContents.getOSProcessId()), 'SIGHUP')
    await darkroom.waitForPort(2)
    await expectNextJobToWork(darkroom)
  })

  test('fails for good when the worker dies too often, until the user has it tried again', async () => {
    const darkroom = await startLongJob()
    await hasten(darkroom.app)
    const badge = darkroom.page.locator('.link')
    for (let death = 1; death <= 6; death++) {
      await crash(darkroom.app, 'worker')
      if (death < 6) await darkroom.waitForPort(death + 1, 15_000)
    }
    await expect.poll(() => badge.getAttribute('data-state')).toBe('down')
    await darkroom.page.getByRole('button', { name: 'Use the sample' }).click()
    await darkroom.waitForStatus(/^"worker" has failed too often, and stays down/)
    expect((await darkroom.status()).code).toBe('down')

    // A second must have passed since its last death.
    await expect
      .poll(async () => {
        const retry = badge.getByRole('button', { name: 'Try again' })
        await retry.click({ timeout: 500 }).catch(() => {})
        return badge.getAttribute('data-state')
      })
      .toBe('connected')
    await expectNextJobToWork(darkroom)
  })

  test('stops when its page is reloaded, and the next one works', async () => {
    const darkroom = await startLongJob()
    const isIdle = await watchTimeouts(await darkroom.workerPage())
    expect(await isIdle()).toBe(false)
    await darkroom.page.reload()
    await expect.poll(isIdle, { timeout: KNOWN_WITHIN }).toBe(true)
    expect(await darkroom.waitForPort()).toBe(2)
    await expectNextJobToWork(darkroom)
  })

  test('stops when its page crashes, which gets a new port', async () => {
    const darkroom = await startLongJob()
    const isIdle = await watchTimeouts(await darkroom.workerPage())
    await darkroom.crash('app')
    await expect.poll(isIdle, { timeout: KNOWN_WITHIN }).toBe(true)
    // Playwright takes a page that crashed for dead, also when it is loaded again.
    const links = (): Promise<string> =>
      darkroom.app.evaluate(({ webContents }) => {
        const contents = webContents
          .getAllWebContents()
          .find((each) => /\/app\//.test(each.getURL()))
        return contents?.executeJavaScript('document.querySelector("#links")?.textContent')
      })
    await expect.poll(links, { timeout: 5000 }).toBe('jobs · connected · port 2')
  })

  test('keeps nobody from quitting: the app ends with its window, and leaves no process', async () => {
    const running = await launch(project)
    const darkroom = await Darkroom.open(running.app)
    await darkroom.startLongJob()
    const main = running.app.process()
    const exitCode = new Promise((resolve) => main.once('exit', resolve))
    const window = await running.app.browserWindow(darkroom.page)
    await window.evaluate((each) => void setTimeout(() => each.close()))
    expect(await exitCode).toBe(0)
    expect(await waitForSessionToEnd(main.pid!, 5000)).toEqual([])
  })
})

describeInElectron('A hundred reloads', ({ launch }) => {
  const project = inject('workerWindowProject')

  test('leave no listener behind, in main or in the worker, and the link works', async () => {
    const darkroom = await Darkroom.open((await launch(project)).app)
    const worker = await darkroom.workerPage()
    // A document that is gone before main has read what it asked for gets no port.
    const reload = async (times: number): Promise<void> => {
      const first = await darkroom.waitForPort()
      for (let port = first + 1; port <= first + times; port++) {
        await darkroom.page.reload()
        expect(await darkroom.waitForPort(port)).toBe(port)
      }
    }
    await reload(3)
    const before = await countListeners(darkroom.app, worker)

    await reload(100)

    await expectListenersAsBefore(darkroom.app, worker, before, 8)
    await darkroom.chooseSample()
    await darkroom.paint({ brush: 2 })
  }, 300_000)
})
