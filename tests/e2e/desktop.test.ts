import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { crash } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { runScript } from './project.ts'
import { useProject } from './use-project.ts'

/** A service with what a user's own would use, in reach of the tests. */
const SERVICE = `
import { onDeepLink } from '../desktop/deep-links'
import { holdQuit } from '../desktop/hold-quit'
import { onSecondStart } from '../desktop/one-instance'

export function start(): void {
  const heard: unknown[] = []
  onDeepLink(({ href }) => heard.push(href))
  onSecondStart((second) => heard.push(second))
  Object.assign(globalThis, { heard, holdQuit })
}
`

/** Has the app end later than the call that says so, whose answer would be lost. */
const quit = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ app: electron }) => void setTimeout(() => electron.quit()))

describeInElectron('On the desktop', ({ launch, env }) => {
  const project = useProject(['worker-window', 'utility-process'], env)

  beforeAll(async () => {
    const services = join(project(), 'src/main/services')
    await writeFile(join(services, 'desktop.ts'), SERVICE)
    const list = await readFile(`${services}.ts`, 'utf8')
    const extended = list
      .replace(
        /^import type \{ Windows \}/m,
        "import { start as desktop } from './services/desktop'\n$&",
      )
      .replace('= {\n', '= {\n  desktop,\n')
    await writeFile(`${services}.ts`, extended)
    await runScript(project(), env(), 'build')
  })

  const makeProfile = async (): Promise<string> => {
    const profile = await mkdtemp(join(tmpdir(), 'create-electron-ports-profile-'))
    onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 3 }))
    return profile
  }

  /** Starts it on a profile that lasts: of two such switches the later one counts. */
  const start = async (profile: string, ...args: string[]) => {
    const { app } = await launch(project(), { args: [`--user-data-dir=${profile}`, ...args] })
    await pageOf(app, 'app')
    return app
  }

  /** Starts it once more, on the same profile, as the first was started. Gives how that ended. */
  const startAgain = async (app: ElectronApplication, ...more: string[]): Promise<unknown[]> => {
    const [program = '', ...all] = app.process().spawnargs
    const args = all.filter((each) => !each.startsWith('my-app:'))
    const options = { env: { ...process.env, ...env() }, cwd: tmpdir(), stdio: 'ignore' } as const
    return once(spawn(program, [...args, ...more], options), 'exit')
  }

  const end = async (app: ElectronApplication): Promise<void> => {
    const ended = once(app.process(), 'exit')
    await quit(app)
    expect(await ended).toEqual([0, null])
  }

  test('it is there once for a profile, and hears of a second start and its link', async () => {
    const app = await start(await makeProfile(), 'my-app://first?id=1')
    const other = await start(await makeProfile())
    expect(await startAgain(app, 'a file.txt', 'my-app://second')).toEqual([0, null])
    const heardBy = (each: ElectronApplication): Promise<unknown[]> =>
      each.evaluate(() => Reflect.get(globalThis, 'heard'))
    const args = expect.arrayContaining(['a file.txt', 'my-app://second'])
    expect(await heardBy(app)).toEqual([
      'my-app://first?id=1',
      'my-app://second',
      { args, folder: tmpdir() },
    ])
    expect(await heardBy(other)).toEqual([])
  })

  test('its window is where it was left, on a screen that is there', async () => {
    const profile = await makeProfile()
    const bounds = { x: 120, y: 80, width: 700, height: 520 }
    const moveTo = async (app: ElectronApplication, to: typeof bounds) => {
      const window = await app.browserWindow(await pageOf(app, 'app'))
      await window.evaluate((each, given) => each.setBounds(given), to)
      await expect.poll(() => window.evaluate((each) => each.getBounds())).toEqual(to)
    }
    const app = await start(profile)
    await moveTo(app, bounds)
    await end(app)

    const again = await start(profile)
    const window = await again.browserWindow(await pageOf(again, 'app'))
    expect(await window.evaluate((each) => each.getBounds())).toEqual(bounds)
    await end(again)

    const file = join(profile, 'window-places.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"x":120', '"x":90000'))
    const elsewhere = await start(profile)
    const moved = await elsewhere.browserWindow(await pageOf(elsewhere, 'app'))
    await expect.poll(() => moved.evaluate((each) => each.isVisible())).toBe(true)
    const place = await moved.evaluate((each) => each.getBounds())
    const screen = await elsewhere.evaluate(
      (electron) => electron.screen.getPrimaryDisplay().workArea,
    )
    expect(place).toEqual({ ...bounds, x: screen.x + screen.width - bounds.width })
  })

  test('what is held is done before it ends, and may have it go on', async () => {
    const profile = await makeProfile()
    const app = await start(profile)
    await app.evaluate(() => {
      const state = { mayEnd: false, refused: 0 }
      Object.assign(globalThis, { state })
      Reflect.get(globalThis, 'holdQuit')('Saving', async () => {
        if (!state.mayEnd) return (state.refused += 1) < 0
        await new Promise((resolve) => setTimeout(resolve, 300))
        return console.log('It is saved.')
      })
    })
    await quit(app)
    await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'state').refused)).toBe(1)
    await app.evaluate(() => (Reflect.get(globalThis, 'state').mayEnd = true))
    await end(app)
    expect(await readFile(join(profile, 'logs/main.log'), 'utf8')).toContain('It is saved.')
  })

  test('the user sees what it is busy with, and may end it at once', async () => {
    const app = await start(await makeProfile())
    await app.evaluate(({ dialog }) => {
      const asked = new Promise((resolve) => {
        dialog.showMessageBox = async (...args: unknown[]) => {
          resolve(args[0])
          await new Promise((later) => setTimeout(later, 300))
          return { response: 0, checkboxChecked: false }
        }
      })
      Object.assign(globalThis, { asked })
      Reflect.get(globalThis, 'holdQuit')('Sending the letter', new Promise(() => {}))
    })
    const ended = once(app.process(), 'exit')
    await quit(app)
    const box = await app.evaluate(() => Reflect.get(globalThis, 'asked'))
    expect(box).toMatchObject({
      message: 'my-app is still busy',
      detail: expect.stringContaining('Sending the letter'),
      buttons: ['End at Once', 'Do Not End'],
    })
    expect(await ended).toEqual([0, null])
  })

  test('its log names who has failed, and begins anew when it is full', async () => {
    const profile = await makeProfile()
    const app = await start(profile)
    const log = join(profile, 'logs/main.log')
    const read = (): Promise<string> => readFile(log, 'utf8').catch(() => '')
    const page = await pageOf(app, 'app')
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('A page failed.'))))
    await pageOf(app, 'worker')
    await crash(app, 'worker')
    await expect.poll(read).toContain('[indexer] Ready')
    await app.evaluate(({ app: electron, dialog }) => {
      dialog.showErrorBox = (title, text) => console.error(`In a dialog: ${title}: ${text}`)
      const { pid = 0 } = electron.getAppMetrics().find(({ name }) => name === 'indexer') ?? {}
      process.kill(pid)
      void Promise.reject(new Error('Main failed.'))
    })
    for (const line of [
      /^\[[-\d]+ [:.\d]+\] \[error\] +\[app\] Uncaught \(in promise\) Error: A page failed\./m,
      /\[error\] +The page of "worker" died \(crashed/,
      /\[error\] +The utility process "indexer" killed/,
      /\[info\] +\[indexer\] Ready, with Node/,
      /\[error\] +Error: Main failed\.\n +at /,
      /\[error\] +In a dialog: A JavaScript error/,
    ]) {
      await expect.poll(read).toMatch(line)
    }
    await app.evaluate(() => {
      for (let count = 0; count < 20; count++) console.log('x'.repeat(100_000))
    })
    expect((await read()).length).toBeLessThan(1_300_000)
    expect(await readFile(join(profile, 'logs/main.old.log'), 'utf8')).toContain('Main failed.')
  })

  test('links to the web open in the browser, and others nowhere', async () => {
    const app = await start(await makeProfile())
    await app.evaluate(({ shell }) => {
      const opened: string[] = []
      shell.openExternal = async (url) => void opened.push(url)
      Object.assign(globalThis, { opened })
    })
    const page = await pageOf(app, 'app')
    await pageOf(app, 'worker')
    const url = page.url()
    await page.evaluate(() => {
      for (const address of ['http://example.com', 'file:///etc/passwd', 'javascript:alert(1)']) {
        window.open(address)
      }
      window.open('https://example.com/help')
      document.location.assign('mailto:help@example.com')
    })
    const opened = (): Promise<string[]> =>
      app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])
    await expect.poll(opened).toEqual(['https://example.com/help', 'mailto:help@example.com'])
    expect(page.url()).toBe(url)
    expect(app.windows()).toHaveLength(2)
  })

  test('its menu has roles, and the keys of a window work though the menu is hidden', async () => {
    const app = await start(await makeProfile())
    const menu = await app.evaluate(({ Menu, BrowserWindow }) => ({
      labels: Menu.getApplicationMenu()?.items.map(({ label }) => label),
      isHidden: BrowserWindow.getAllWindows().some(
        (each) => each.isVisible() && each.autoHideMenuBar,
      ),
    }))
    expect(menu.labels).toEqual(['File', 'Edit', '&View', 'Window', 'Help'])
    const window = await app.browserWindow(await pageOf(app, 'app'))
    // Again and again, for keys are lost on a page that is not there yet.
    const zoomOut = () =>
      window.evaluate(({ webContents }) => {
        webContents.sendInputEvent({ type: 'keyDown', keyCode: '-', modifiers: ['control'] })
        return webContents.getZoomLevel()
      })
    await expect.poll(zoomOut).toBeLessThan(0)
  })
})
