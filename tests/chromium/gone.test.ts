import type { Page, Worker } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Pair } from '../electron-ports/pairs.ts'
import { hang, vanish } from '../electron-ports/scenarios.ts'
import { HOLDS } from '../ports/cases/meet.ts'
import { describeInChromium } from './describe-in-chromium.ts'
import { PortsSite } from './ports-site.ts'

type Go = (page: Page, worker: Worker) => Promise<unknown>

const ofPage: Pair = { reader: 'page', library: 'other page' }
const ofWorker: Pair = { reader: 'page', library: 'other worker' }

const ways: [how: string, pair: Pair, go: Go][] = [
  ['a page that is closed', ofPage, (page) => page.close()],
  ['a page that is loaded again', ofPage, (page) => page.reload()],
  ['a page that goes elsewhere', ofPage, (page) => page.goto('about:blank')],
  ['a page that crashes', ofPage, crash],
  ['a worker whose page is closed', ofWorker, (page) => page.close()],
  ['a worker that closes itself', ofWorker, (_, worker) => worker.evaluate(() => self.close())],
]

describeInChromium('A port that has a close event', { closeEvent: true }, (browser) => {
  test.each(ways)('tells of %s', async (_, pair, go) => {
    await expectToNotice(await PortsSite.open(browser()), pair, vanish.name, go)
  })
})

describeInChromium('Without a close event a heartbeat', { closeEvent: false }, (browser) => {
  test.each(ways)('finds %s', async (_, pair, go) => {
    await expectToNotice(await PortsSite.open(browser()), pair, hang.name, go)
  })

  test('finds a page that hangs', async () => {
    await expectToNotice(await PortsSite.open(browser()), ofPage, hang.name, stop)
  })
})

/** Plays a case to its reader's end, and lets the library go in the middle of it: that has none. */
async function expectToNotice(site: PortsSite, pair: Pair, name: string, go: Go): Promise<void> {
  try {
    const page = site.pageOf('other page')
    const worker = await site.otherWorker()
    const library: { evaluate: Worker['evaluate'] } = pair === ofWorker ? worker : page
    site.play(pair, name).catch(() => {})
    const running = (): Promise<number | undefined> =>
      library.evaluate(() => globalThis.library?.seen.running)
    await expect.poll(running).toBe(1)
    await go(page, worker)
    expect(await site.readerOutcome()).toBe(HOLDS)
  } finally {
    await site.close()
  }
}

async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => {})
  await crashed
}

/** Before its next statement, as in a debugger. */
async function stop(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Debugger.enable')
  await session.send('Debugger.pause')
}
