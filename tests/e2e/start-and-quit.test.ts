import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom, pageOf } from './darkroom.ts'
import { readStderr } from './measure.ts'
import { replaceInBuild } from './replace-in-build.ts'
import { noteStartOrder, readStartOrder } from './start-order.ts'
import { useProject } from './use-project.ts'

/** The first window, as main has it: whether it can be seen. */
const isVisible = (app: ElectronApplication): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((each) => each.webContents.getURL().includes('/app/'))
      ?.isVisible(),
  )

describeInElectron('An app', ({ launch, env }) => {
  const project = useProject(['worker-window'], env)

  const replace = (path: string, change: (text: string) => string): Promise<void> =>
    replaceInBuild(project(), path, change)

  test('goes on, with its worker, when a window refuses to be closed', async () => {
    const { app } = await launch(project())
    const darkroom = await Darkroom.open(app)
    const window = await app.browserWindow(darkroom.page)
    await window.evaluate((each) => {
      each.once('close', (event: { preventDefault(): void }) => event.preventDefault())
    })
    const closed = (await darkroom.workerPage()).waitForEvent('close')
    await app.evaluate(({ app: electronApp }) => electronApp.quit())
    await closed
    expect(await darkroom.waitForPort(2)).toBe(2)
    await darkroom.chooseSample()
    expect((await darkroom.paint({ brush: 2 })).width).toBe(600)

    const ended = once(app.process(), 'exit')
    await app.evaluate(({ app: electronApp }) => void setTimeout(() => electronApp.quit()))
    expect(await ended).toEqual([0, null])
  })

  test('opens its worker window when its first page died before it was shown', async () => {
    await noteStartOrder(project())
    await replace(
      'main/main.cjs',
      (text) => `
        require('electron').app.once('web-contents-created', (_event, contents) => {
          contents.once('did-start-navigation', () => contents.forcefullyCrashRenderer())
        })
        ${text}`,
    )
    const { app } = await launch(project())
    const output = readStderr(app)
    await expect.poll(() => readStartOrder(app)).toEqual(['window', 'shown', 'window'])
    expect(output()).toContain('The page of "app" died')
  })

  test('opens its worker window at once where no other opens with it', async () => {
    await noteStartOrder(project())
    await replace('main/main.cjs', (text) => {
      const changed = text.replace(/(\bapp: \{\s*)(kind: ["']window["'])/, '$1opens: "later", $2')
      expect(changed).not.toBe(text)
      return changed
    })
    const { app } = await launch(project())
    await pageOf(app, 'worker')
    expect(await readStartOrder(app)).toEqual(['window'])
  })

  test('opens at once what is opened by hand, and not twice', async () => {
    await noteStartOrder(project())
    await replace('main/main.cjs', (text) => {
      const changed = text.replace(
        /(?=windows\.openAtStart\(\);?\n}\n\/\*\* Without)/,
        'windows.open("worker");',
      )
      expect(changed).not.toBe(text)
      return changed
    })
    const { app } = await launch(project())
    await Darkroom.open(app)
    await expect.poll(() => readStartOrder(app)).toEqual(['window', 'window', 'shown'])
  })

  test('starts nothing more when it is ended before its first window is shown', async () => {
    await noteStartOrder(project())
    await replace(
      'main/main.cjs',
      (text) => `
        {
        const { app } = require('electron')
        app.once('browser-window-created', (_event, window) => window.webContents.once('did-navigate', () => app.quit()))
        app.once('quit', () => console.error('In this order: ' + globalThis.startOrder))
        }
        ${text}`,
    )
    const { app } = await launch(project())
    const output = readStderr(app)
    expect(await once(app.process(), 'exit')).toEqual([0, null])
    expect(output()).toMatch(/In this order: window$/m)
  })

  test('shows its window though the page never paints, so that it can be closed, and goes on with its start', async () => {
    await noteStartOrder(project())
    await replace('renderer/app/index.html', () => '<script src="/app/hang.js"></script>')
    const script = join(project(), 'out/renderer/app/hang.js')
    await writeFile(script, 'for (;;);')
    onTestFinished(() => rm(script))
    const { app } = await launch(project())
    await expect.poll(() => isVisible(app)).toBe(false)
    await expect.poll(() => isVisible(app)).toBe(true)
    await pageOf(app, 'worker')
    expect(await readStartOrder(app)).toEqual(['window', 'shown', 'window'])
  })

  test('says why it does not start, and ends', async () => {
    await replace(
      'main/index.cjs',
      (text) => `
        {
        const { app, dialog, session } = require('electron')
        const ready = app.whenReady()
        // Late enough for the test to listen.
        app.whenReady = () => ready.then(() => new Promise((resolve) => setTimeout(resolve, 1000)))
        dialog.showErrorBox = (title, reason) => console.error('In a dialog: ' + title + '\\n' + reason)
        void ready.then(() => {
          session.defaultSession.protocol.handle = () => { throw new Error('There is no such protocol.') }
        })
        }
        ${text}`,
    )
    const { app } = await launch(project())
    const output = readStderr(app)
    expect(await once(app.process(), 'exit')).toEqual([1, null])
    // First where it is read without a screen.
    expect(output()).toMatch(
      /did not start: Error: There is no such protocol\.\n {4}at[^]*In a dialog: .* did not start\nError: There/,
    )
  })

  test('says an error that nobody caught where it was started, before the dialog', async () => {
    const { app } = await launch(project())
    const output = readStderr(app)
    await pageOf(app, 'app')
    await app.evaluate(({ dialog }) => {
      dialog.showErrorBox = (title) => console.error(`In a dialog: ${title}`)
      setTimeout(() => {
        throw new Error('This is nobody’s fault.')
      })
    })
    await expect
      .poll(output)
      .toMatch(/Error: This is nobody’s fault\.\n {4}at[^]*In a dialog: A JavaScript error/)
  })

  describe('with its windows in reach', () => {
    /** The app with `windows` as a global, as a service has it. */
    const open = async (): Promise<Darkroom> => {
      await replace('main/main.cjs', (text) => {
        const exposed = text.replace(/const windows = (?=new )/, '$&globalThis.windows = ')
        expect(exposed).not.toBe(text)
        return exposed
      })
      return Darkroom.open((await launch(project())).app)
    }
    const openAgain = (app: ElectronApplication): Promise<void> =>
      app.evaluate(() => Reflect.get(globalThis, 'windows').open('app'))
    const hasWindow = (app: ElectronApplication): Promise<boolean> =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((each) => each.isVisible()),
      )
    const closeAll = async ({ app, page }: Darkroom): Promise<void> => {
      const closed = page.waitForEvent('close')
      await app.evaluate(({ BrowserWindow }) => {
        for (const each of BrowserWindow.getAllWindows()) if (each.isVisible()) each.close()
      })
      await closed
    }

    test('opens a window after a quit that was refused', async () => {
      const darkroom = await open()
      const { app } = darkroom
      await app.evaluate(({ app: electronApp }) => {
        electronApp.on('before-quit', (event) => event.preventDefault())
      })
      await closeAll(darkroom)
      await expect.poll(() => hasWindow(app)).toBe(false)
      await openAgain(app)
      await new Darkroom(app, await pageOf(app, 'app')).waitForPort(2)
      await app.evaluate(({ app: electronApp }) => electronApp.removeAllListeners('before-quit'))
    })

    test('lives on without a window where somebody listens for that, with its worker, and opens one again', async () => {
      const darkroom = await open()
      const { app } = darkroom
      await app.evaluate(({ app: electronApp }) => {
        Reflect.set(globalThis, 'times', 0)
        electronApp.on('window-all-closed', () => {
          Reflect.set(globalThis, 'times', Reflect.get(globalThis, 'times') + 1)
        })
      })
      await closeAll(darkroom)
      await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'times'))).toBe(1)
      await openAgain(app)
      await new Darkroom(app, await pageOf(app, 'app')).waitForPort(2)
    })

    test('shows a window while it saves what is left before it ends', async () => {
      const { app } = await open()
      await closeAllButQuit(app)
      const ended = once(app.process(), 'exit')
      await expect.poll(() => hasWindow(app)).toBe(true)
      await app.evaluate(({ app: electronApp }) => void setTimeout(() => electronApp.exit(7)))
      expect(await ended).toEqual([7, null])
    })

    /** Its services want to save first. */
    const closeAllButQuit = async (app: ElectronApplication): Promise<void> => {
      await app.evaluate(({ app: electronApp, BrowserWindow }) => {
        electronApp.on('before-quit', (event) => event.preventDefault())
        electronApp.once('before-quit', () => {
          for (const each of BrowserWindow.getAllWindows()) if (each.isVisible()) each.destroy()
          Reflect.get(globalThis, 'windows').open('app')
        })
        electronApp.quit()
      })
    }
  })
})
