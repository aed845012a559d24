import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { startDisplay } from '../../tests/electron/display.ts'
import { electronEnv } from '../../tests/electron/electron-env.ts'
import { findElectron } from '../../tests/electron/find-electron.ts'
import { launchApp } from '../../tests/electron/launch.ts'
import type { Outcome } from '../ports/cases.ts'
import { type Place, valueOf } from '../ports/place.ts'
import { makeApps } from './app.ts'
import { type State, states } from './states.ts'

/** The links of the apps, by what they join. */
const LINKS = { pages: 'two pages', process: 'a page and a utility process' } as const

export interface Apps {
  places: Place[]
  of(state: State): ElectronApplication
  close(): Promise<void>
}

/** An app of each state, all of them running beside each other: only one is at work at a time. */
export async function openApps(): Promise<Apps> {
  console.error('Getting Electron ready …')
  const electron = await findElectron()
  const { display, stop } = await startDisplay()
  const folder = await makeApps(electronEnv(electron, display))
  const running = new Map<State, Awaited<ReturnType<typeof launchApp>>>()
  for (const state of states) {
    const projectPath = join(folder, state === 'absent' ? 'without' : 'with')
    running.set(state, await launchApp({ electron, display, projectPath }))
  }
  const of = (state: State): ElectronApplication => running.get(state)?.app as ElectronApplication
  for (const state of states) await prepare(state, of(state))
  const engine = `Electron ${electron.version}`
  return {
    places: Object.entries(LINKS).map(([link, name]) => newPlace(link, name, engine, of)),
    of,
    async close() {
      await Promise.all([...running.values()].map(({ close }) => close()))
      await stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** In development the view opens by itself on the first run. */
async function prepare(state: State, app: ElectronApplication): Promise<void> {
  await pageOf(app, 'app')
  if (state === 'absent') return
  const view = await pageOf(app, 'live-view')
  await view
    .locator('.plate[data-open=true]')
    .nth(Object.keys(LINKS).length - 1)
    .waitFor()
  if (state === 'closed') await view.close()
}

/** The page of a node, or of the view, once it is open. */
export async function pageOf(app: ElectronApplication, node: string): Promise<Page> {
  const isMeant = (page: Page): boolean => page.url().includes(`/${node}/`)
  const found = app.windows().find(isMeant) ?? (await app.waitForEvent('window', isMeant))
  await found.waitForLoadState()
  return found
}

function newPlace(
  link: string,
  name: string,
  engine: string,
  of: (state: State) => ElectronApplication,
): Place {
  return {
    name,
    engine,
    isForeign: false,
    async open(state) {
      const page = await pageOf(of(state as State), 'app')
      return {
        subject: state,
        async measure(task) {
          const outcome = await page.evaluate(`measure('${link}', ${JSON.stringify(task)})`)
          return valueOf(outcome as Outcome)
        },
        close() {},
      }
    },
    async close() {},
  }
}
