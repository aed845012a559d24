import { once } from 'node:events'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom } from './darkroom.ts'
import { readStderr } from './measure.ts'
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

  /** Puts something in the place of a file of the build, until the test is over. */
  const replace = async (path: string, change: (text: string) => string): Promise<void> => {
    const file = join(project(), 'out', path)
    const text = await readFile(file, 'utf8')
    await rename(file, `${file}.away`)
    onTestFinished(() => rename(`${file}.away`, file))
    await writeFile(file, change(text))
  }

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

  test('shows its window though the page never paints, so that it can be closed', async () => {
    await replace('renderer/app/index.html', () => '<script src="/app/hang.js"></script>')
    const script = join(project(), 'out/renderer/app/hang.js')
    await writeFile(script, 'for (;;);')
    onTestFinished(() => rm(script))
    const { app } = await launch(project())
    await expect.poll(() => isVisible(app)).toBe(false)
    await expect.poll(() => isVisible(app)).toBe(true)
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
        dialog.showErrorBox = (title, reason) => console.error(title + ': ' + reason)
        void ready.then(() => {
          session.defaultSession.protocol.handle = () => { throw new Error('There is no such protocol.') }
        })
        }
        ${text}`,
    )
    const { app } = await launch(project())
    const output = readStderr(app)
    expect(await once(app.process(), 'exit')).toEqual([1, null])
    expect(output()).toMatch(/did not start: Error: There is no such protocol\.\n {4}at/)
  })
})
