import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Notification, app } from 'electron'

/** How long after the start a newer version is first looked for, in milliseconds: the first window comes first. */
const FIRST_MS = 5000

/** And how long after each look for the next. */
const NEXT_MS = 4 * 60 * 60_000

/**
 * Looks for newer versions where `feedUrl` of electron-builder.config.ts says; a new one is installed as the app ends.
 * Without that address, and in what is not packaged, it does nothing: nobody is asked anything.
 */
export function start(): void {
  // electron-builder writes the address there.
  const isOn = app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'))
  if (!isOn) return
  setTimeout(look, FIRST_MS)
  setInterval(look, NEXT_MS)
}

async function look(): Promise<void> {
  try {
    // Its names are behind getters, which a namespace does not show.
    const { default: updater } = await import('electron-updater')
    const found = await updater.autoUpdater.checkForUpdates()
    if (!found?.downloadPromise) return
    await found.downloadPromise
    const body = `Version ${found.updateInfo.version} is installed when the app ends.`
    new Notification({ title: app.name, body }).show()
  } catch (error) {
    // The user can do nothing about it, and the next look may be luckier.
    console.error('A newer version could not be had:', error)
  }
}
