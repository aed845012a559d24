import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'
import type { RunningApp } from '../launch.ts'

const fixture = join(import.meta.dirname, '../fixture-app')

/** Under which name a page asks for what, as an app would have to allow it. */
const asked: [name: string, how: string, attempt: string][] = [
  ['clipboard-read', 'reads the clipboard', 'navigator.clipboard.readText()'],
  ['clipboard-sanitized-write', 'writes to the clipboard', 'navigator.clipboard.writeText("x")'],
  ['notifications', 'wants to notify', 'Notification.requestPermission()'],
  ['geolocation', 'asks where it is', 'navigator.geolocation.getCurrentPosition(() => {})'],
  ['midiSysex', 'looks for instruments', 'navigator.requestMIDIAccess()'],
  ['fullscreen', 'fills the screen', 'document.documentElement.requestFullscreen()'],
  ['screen-wake-lock', 'keeps the screen on', 'navigator.wakeLock.request("screen")'],
  ['persistent-storage', 'stores for good', 'navigator.storage.persist()'],
  ['openExternal', 'opens another program', 'location.href = "mailto:emma@example.org"'],
  ['sensors', 'reads a sensor', 'new Accelerometer().start()'],
]

describeInElectron('A permission has a name where a page', ({ launch }) => {
  test.each(asked)('is asked for "%s": %s', async (name, _, attempt) => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    await app.evaluate(({ session }) => {
      const names: string[] = []
      session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
        names.push(permission)
        answer(false)
      })
      Reflect.set(globalThis, 'names', names)
    })
    await attemptIn(page, attempt)
    await expect.poll(() => namesIn(app)).toContain(name)
  })

  test('is checked for "local-fonts", and not asked: lists the fonts', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    await app.evaluate(({ session }) => {
      const names: string[] = []
      session.defaultSession.setPermissionCheckHandler((_contents, permission) => {
        names.push(permission)
        return false
      })
      Reflect.set(globalThis, 'names', names)
    })
    await attemptIn(page, 'queryLocalFonts()')
    await expect.poll(() => namesIn(app)).toContain('local-fonts')
  })
})

/** What comes of it is not in question. */
async function attemptIn(page: Page, attempt: string): Promise<void> {
  await page.evaluate(`void Promise.resolve(${attempt}).catch(() => {})`)
}

function namesIn(app: RunningApp['app']): Promise<string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'names'))
}
