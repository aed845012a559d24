import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Frame, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'

/** What came of asking for a port. */
export interface Outcome {
  type: string
  reason?: string
  generation?: number
  isMessagePort: boolean
}

/**
 * Loads a page without scripts of its own into the window of a node: it has the preload and the app's
 * origin, and no kernel that would close the ports it did not ask for.
 */
export async function openBarePage(
  app: ElectronApplication,
  node: string,
  host = 'bundle',
): Promise<Page> {
  const page = await pageOf(app, node)
  await loadBarePage(app, page, node, host)
  return page
}

/** The same in a window that is known, where there are many of the node. */
export async function loadBarePage(
  app: ElectronApplication,
  page: Page,
  node: string,
  host = 'bundle',
): Promise<void> {
  const path = await app.evaluate(({ app: electronApp }) => electronApp.getAppPath())
  await writeFile(join(path, 'out/renderer', node, 'bare.html'), '<!doctype html>')
  await page.goto(`app://${host}/${node}/bare.html`)
}

/** Loads a page of whatever origin into the first window, as no link in it could. */
export async function loadInAppWindow(app: ElectronApplication, url: string): Promise<void> {
  const page = await pageOf(app, 'app')
  const window = await app.browserWindow(page)
  await window.evaluate((each, to) => each.loadURL(to).catch(() => {}), url)
  // Main knows of it before Playwright does.
  await expect.poll(() => page.url()).toBe(url)
}

/**
 * Asks for one end of a link through the preload. The ports that come are kept as `window.rawPorts`.
 *
 * @returns the first answer, or `nothing` as its type when none came within half a second.
 */
export async function ask(
  page: Page | Frame,
  how: 'open' | 'accept',
  link: string,
): Promise<Outcome> {
  return page.evaluate(
    ({ verb, name }) =>
      new Promise<Outcome>((resolve) => {
        const nonce = String(Math.random()) // for a page without a secure origin, too
        const ports: MessagePort[] = []
        Reflect.set(window, 'rawPorts', ports)
        setTimeout(() => resolve({ type: 'nothing', isMessagePort: false }), 500)
        addEventListener('message', ({ data, ports: [port] }) => {
          if (data.nonce !== nonce) return
          if (port) ports.push(port)
          resolve({ ...data, isMessagePort: port instanceof MessagePort })
        })
        Reflect.get(window, 'portsBridge')[verb]({ link: name, nonce })
      }),
    { verb: how, name: link },
  )
}

/** Asks main for a port in any words, and gives its answer. */
export function askMain(
  page: Page,
  wish: { link: string; to?: string },
): Promise<Record<string, unknown>> {
  return page.evaluate(
    (words) =>
      new Promise<Record<string, unknown>>((resolve) => {
        const nonce = String(Math.random())
        addEventListener('message', ({ data }) => data.nonce === nonce && resolve(data))
        Reflect.get(window, 'portsBridge').open({ ...words, nonce })
      }),
    wish,
  )
}

/** A frame of the page's own origin, or a sandboxed one without an origin: the content security policy lets in no other. */
export async function addFrame(page: Page, sandbox?: string): Promise<Frame> {
  const added = page.waitForEvent('frameattached')
  await page.evaluate((flags) => {
    const frame = document.createElement('iframe')
    if (flags) frame.setAttribute('sandbox', flags)
    frame.srcdoc = '<p>A frame</p>'
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    return loaded.then(() => {})
  }, sandbox)
  return added
}
