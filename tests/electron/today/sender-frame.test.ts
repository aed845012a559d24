import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'
import type { RunningApp } from '../launch.ts'

const fixture = join(import.meta.dirname, '../fixture-app')
const electron = inject('electron')

/** Before, it is undefined, or shows the next document of its frame. */
const canBeNull = 'major' in electron && electron.major >= 33

describeInElectron('The senderFrame of a message', ({ launch }) => {
  test.runIf(canBeNull)(
    'is detached where its document has been left, and null later',
    async () => {
      const { app } = await launch(fixture)
      const page = await app.firstWindow()
      await page.getByText('echo').waitFor()
      await watchMessages(app)
      await page.evaluate(() => {
        addEventListener('unload', () => Reflect.get(window, 'fixture' as string).requestPort())
      })
      await app.evaluate(({ webContents }) =>
        webContents.getAllWebContents()[0]!.loadURL('app://elsewhere/index.html'),
      )
      await expect
        .poll(() => messagesOf(app, 'app://fixture'))
        .toEqual([{ isTop: true, isDetached: true, isNullNow: true }])
      await expect
        .poll(() => messagesOf(app, 'app://elsewhere'))
        .toEqual([{ isTop: true, isDetached: false, isNullNow: false }])
    },
  )

  test.runIf(canBeNull)('is null once its frame has been removed', async () => {
    const { app } = await launch(fixture, { env: { FIXTURE_PRELOAD_IN_FRAMES: 'true' } })
    const page = await app.firstWindow()
    await page.getByText('echo').waitFor()
    await watchMessages(app)
    await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = '/frame.html'
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      Reflect.get(frame.contentWindow!, 'fixture').requestPort()
      frame.remove()
    })
    await expect
      .poll(() => messagesOf(app, 'app://fixture'))
      .toEqual([{ isTop: false, isDetached: false, isNullNow: true }])
  })
})

/** Notes of every message what its frame is at once, and keeps its event. */
async function watchMessages(app: RunningApp['app']): Promise<void> {
  await app.evaluate(({ ipcMain }) => {
    const messages: object[] = []
    ipcMain.removeAllListeners('request-port')
    ipcMain.on('request-port', (event) => {
      const { origin, parent, detached } = event.senderFrame!
      messages.push({ event, origin, isTop: parent === null, isDetached: detached })
    })
    Reflect.set(globalThis, 'messages', messages)
  })
}

/** What was noted of the messages from an origin, and whether their frame is null by now. */
function messagesOf(app: RunningApp['app'], origin: string): Promise<unknown> {
  return app.evaluate((_, origin) => {
    type Message = {
      event: Electron.IpcMainEvent
      origin: string
      isTop: boolean
      isDetached: boolean
    }
    const messages: Message[] = Reflect.get(globalThis, 'messages')
    return messages
      .filter((message) => message.origin === origin)
      .map(({ event, isTop, isDetached }) => ({
        isTop,
        isDetached,
        isNullNow: event.senderFrame === null,
      }))
  }, origin)
}
