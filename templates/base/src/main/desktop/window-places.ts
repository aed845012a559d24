/** Where each window was when the user last moved it, in a file of the profile. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserWindow, app, screen } from 'electron'
import { type Place, isPlace, keepOn } from './place'

/** How long a window must rest, in milliseconds, until its place is written. */
const RESTED_MS = 500

/** How many places are kept: those of the windows that were moved last. */
const MAX_PLACES = 200

let known: Map<string, Place> | undefined

/**
 * Puts a window that was not shown yet where the user had it, on a screen that is there today, and remembers where it goes.
 *
 * @param name  Whose window it is: the same in every run.
 */
export function keepPlace(window: BrowserWindow, name: string): void {
  const place = places().get(name)
  if (place) restore(window, place)
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(timer)
    timer = undefined
    remember(name, window)
  }
  const saveSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, RESTED_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', () => timer && save())
  window.once('closed', () => clearTimeout(timer)) // one that was destroyed
}

function restore(window: BrowserWindow, { isMaximized, ...bounds }: Place): void {
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
  window.setBounds(
    keepOn(
      screens.map(({ workArea }) => workArea),
      bounds,
    ),
  )
  // Earlier it would show the window.
  if (isMaximized) window.once('show', () => window.maximize())
}

function remember(name: string, window: BrowserWindow): void {
  if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
  const all = places()
  all.delete(name)
  all.set(name, { ...window.getNormalBounds(), isMaximized: window.isMaximized() })
  const [oldest = ''] = all.keys()
  if (all.size > MAX_PLACES) all.delete(oldest)
  write(all)
}

/** Never half of it: whatever ends the app meanwhile, the file is the old one or the new one. */
function write(all: Map<string, Place>): void {
  try {
    writeFileSync(`${file()}.new`, JSON.stringify(Object.fromEntries(all)))
    renameSync(`${file()}.new`, file())
  } catch (error) {
    console.error('The places of the windows were not written:', error)
  }
}

function places(): Map<string, Place> {
  known ??= read()
  return known
}

/** What is no place in it does not count: a window without one is put where a new one is. */
function read(): Map<string, Place> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(file(), 'utf8')) as object)
    return new Map(entries.filter((entry): entry is [string, Place] => isPlace(entry[1])))
  } catch {
    return new Map() // there is none yet, or it is none
  }
}

function file(): string {
  return join(app.getPath('userData'), 'window-places.json')
}
