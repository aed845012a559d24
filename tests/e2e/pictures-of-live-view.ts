import type { ElectronApplication, Page } from 'playwright-core'
import { pageOf } from './darkroom.ts'
import { LiveView } from './live-view.ts'
import { preparations, prepareTabs } from './pictures-of-demos.ts'

/** Takes pictures of the live view of a project with all demos, while three of them are at work. */
export async function takePicturesOfLiveView(
  app: ElectronApplication,
  folder: string,
): Promise<void> {
  const page = await pageOf(app, 'app')
  const view = await LiveView.open(app, 'jobs')
  const window = await app.browserWindow(view.page)
  await window.evaluate((each) => each.setContentSize(1280, 820))
  const openTab = (title: string): Promise<void> =>
    page.locator('.tabs').getByRole('button', { name: title }).click()

  await openTab('Utility process')
  await page.click('.utility-process .app-folder')
  await openTab('Reply stream')
  await page.click('.reply-stream .sample')
  await page.locator('.reply-stream .start:enabled').waitFor({ timeout: 60_000 })
  await page.click('.reply-stream .start')
  await openTab('Worker window')
  await page.click('.worker-window .sample')
  await page.locator('.worker-window .paint:enabled').waitFor()
  await page.click('.worker-window .paint')
  await view.choose(view.link('lines'))
  await view.page.waitForTimeout(1200)
  for (const colorScheme of ['light', 'dark'] as const) {
    await view.page.emulateMedia({ colorScheme })
    await view.page.screenshot({ path: `${folder}/live-view-${colorScheme}.jpg`, quality: 82 })
  }
}

/** By topology: the link that is open from the start, and the one that is chosen in its picture. */
const LINKS: Record<string, [first: string, chosen: string]> = {
  hub: ['overview', 'docs'],
  'main-port': ['files', 'files'],
  'main-world': ['figures', 'figures'],
  'renderer-bridge': ['document', 'document'],
  'reply-stream': ['lines', 'lines'],
  tabs: ['tab-desk', 'note-page'],
  'utility-process': ['hashes', 'hashes'],
  'worker-window': ['jobs', 'jobs'],
}

/** The sizes at which the view is looked at; the first is that of the pictures. */
const SIZES = [
  [1000, 680],
  [800, 600],
  [2560, 1440],
] as const

/**
 * Takes pictures of the live view of a project with one topology, whose demo is at work.
 *
 * @returns what is badly drawn in them.
 */
export async function takePicturesOfTopology(
  app: ElectronApplication,
  topology: string,
  folder: string,
): Promise<string[]> {
  const faults: string[] = []
  const [first = '', chosen = ''] = LINKS[topology] ?? []
  const page = await pageOf(app, 'app')
  const view = await LiveView.open(app, first)
  const window = await app.browserWindow(view.page)
  const title = (topology[0] ?? '').toUpperCase() + topology.slice(1).replaceAll('-', ' ')
  if (topology === 'tabs') await prepareTabs(app)
  else await preparations[title]?.(page)
  await view.choose(view.link(chosen).first())
  const resize = async (size: readonly [number, number]): Promise<void> => {
    await window.evaluate((each, given) => each.setContentSize(...given), size)
    await view.page.waitForTimeout(1000)
  }
  for (const size of SIZES) {
    await resize(size)
    for (const fault of await findFaults(view.page)) faults.push(`${size[0]} px: ${fault}`)
  }
  await resize(SIZES[0])
  for (const colorScheme of ['light', 'dark'] as const) {
    await view.page.emulateMedia({ colorScheme })
    await view.page.screenshot({ path: `${folder}/${topology}-${colorScheme}.jpg`, quality: 74 })
  }
  return faults
}

/** What lies over something else, leaves the picture, or has no room for its words. */
function findFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const picture = document.querySelector('.graph')?.getBoundingClientRect() as DOMRect
    const all = [...document.querySelectorAll('.plate, .node')].map((element) => {
      const box = element.querySelector('rect')?.getBoundingClientRect() as DOMRect
      const texts = [...element.querySelectorAll('text')].filter(
        (text) => text.getAttribute('visibility') !== 'hidden',
      )
      const name = element.getAttribute('aria-label')?.split(/[:,]/)[0] ?? ''
      return { name, box, texts: texts.map((text) => text.getBoundingClientRect()) }
    })
    return all.flatMap(({ name, box, texts }, at) => [
      ...all
        .slice(at + 1)
        .filter(
          ({ box: other }) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
        )
        .map((other) => `${name} lies over ${other.name}`),
      ...(box.left < picture.left ||
      box.right > picture.right ||
      box.top < picture.top ||
      box.bottom > picture.bottom
        ? [`${name} leaves the picture`]
        : []),
      ...(texts.some((text) => text.right > box.right - 4 || text.left < box.left + 4)
        ? [`${name} has words beyond its box`]
        : []),
    ])
  })
}
