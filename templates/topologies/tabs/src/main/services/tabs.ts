/** Opens the windows with tabs, and does what their pages ask. What these say to the tabs does not pass through here. */
import type { TabStrip } from '../../contracts/tab-strip'
import { serve } from '../../ports/link'
import type { Main } from '../services'
import { Changes } from '../tabs/changes'
import { TabWindows } from '../tabs/tab-windows'
import { whyNoViews } from '../view'

export function start(main: Main): void {
  const objection = whyNoViews()
  if (objection) return refuse(main, `There are no tabs. ${objection}`)
  const changes = new Changes()
  const windows = new TabWindows(main, () => changes.note())
  serve(main.ports, 'tab-desk', {
    watch: (signal) => changes.watch(() => windows.infos, signal),
    openWindow: async () => windows.openWindow(),
    showWindow: async (key) => windows.showWindow(key),
  })
  serve(main.ports, 'tab-strip', ({ key }) => newStrip(key, windows, changes))
}

/** What the page of one window may ask for: its key is what main knows of it, not what it says. */
function newStrip(key: string, windows: TabWindows, changes: Changes): TabStrip {
  return {
    watch: (signal) => changes.watch(() => windows.stateOf(key), signal),
    open: async (kind) => windows.openTab(key, kind === 'guest' ? 'guest' : 'tab'),
    close: async (tab) => windows.closeTab(key, tab),
    show: async (tab) => windows.showTab(key, tab),
    reorder: async (tab, place) => windows.reorder(key, tab, place),
    moveToWindow: async (tab, window) => windows.moveTab(key, tab, window),
    resize: (height) => windows.setTop(key, height),
  }
}

/** The rest of the app goes on, and its first window says so. */
function refuse({ ports }: Main, message: string): void {
  console.error(message)
  const fail = (): never => {
    throw Object.assign(new Error(message), { code: 'TOO_OLD' })
  }
  serve(ports, 'tab-desk', {
    // oxlint-disable-next-line require-yield -- it has nothing to tell but this
    async *watch() {
      fail()
    },
    openWindow: async () => fail(),
    showWindow: async () => fail(),
  })
}
