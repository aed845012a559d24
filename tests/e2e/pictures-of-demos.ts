import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type ElectronApplication, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { pageOf } from './darkroom.ts'
import { openStrip, openTab } from './tab-strip.ts'

/** What brings a demo to the state in which it is worth a picture. */
export const preparations: Record<string, (page: Page) => Promise<void>> = {
  Hub: async (page) => {
    for (const author of ['Ada', 'Grace']) {
      await page.click('.hub .open')
      await page.locator(`.hub [data-key="${author}"]`).waitFor()
    }
    for (const window of page.context().pages()) {
      const text = window.locator('#text:not([readonly])')
      if (!window.url().includes('/document/')) continue
      await text.press('Control+End')
      await text.pressSequentially(`- ${await window.title()} has read this.\n`)
    }
  },
  'Main port': async (page) => {
    await page.click('.main-port .app-folder')
    await page.getByRole('button', { name: 'package.json' }).click()
    await page.click('.main-port .knock')
    await expectText(page, '.main-port .knocked', /3 of 3/)
    await expectText(page, '.main-port .memory-text', /GB/)
  },
  'Main world': (page) => page.waitForTimeout(5000),
  'Reply stream': async (page) => {
    await page.click('.reply-stream .sample')
    await page.locator('.reply-stream .start:enabled').waitFor({ timeout: 60_000 })
    await page.fill('.reply-stream input:not([type=checkbox])', '42')
    await page.click('.reply-stream .start')
    await page.waitForTimeout(400)
    await page.click('.reply-stream .pause')
  },
  'Utility process': async (page) => {
    await page.click('.utility-process .app-folder')
    await page.waitForTimeout(2000)
    await page.click('.utility-process .kill')
    await page.waitForTimeout(2000)
    await page.click('.utility-process .app-folder')
    await page.waitForTimeout(2000)
  },
  'Worker window': async (page) => {
    await page.click('.worker-window .sample')
    await page.locator('.worker-window .paint:enabled').waitFor()
    await page.click('.worker-window .paint')
    await expectText(page, '.worker-window .status', /Done in/)
  },
}

/** Takes a picture of every demo of a project with several, at `<folder>/<title>.jpg`. */
export async function takePictures(app: ElectronApplication, folder: string): Promise<void> {
  const page = await pageOf(app, 'app')
  for (const tab of await page.locator('.tabs button').all()) {
    const title = (await tab.textContent()) ?? ''
    await tab.click()
    await preparations[title]?.(page)
    await take(page, folder, title)
  }
  for (const node of ['preview', 'gauge', 'document']) {
    const other = await pageOf(app, node)
    if (node === 'gauge') await other.click('.ask')
    await other.waitForTimeout(2000)
    await take(other, folder, node)
  }
  await takeTabs(app, folder)
}

/** Two notes and a foreign page in a window with tabs, which it gives. */
export async function prepareTabs(app: ElectronApplication): Promise<Page> {
  const strip = await openStrip(app)
  const notes = [await pageOf(app, 'tab'), await openTab(app, strip)]
  const texts = ['Ports at work\n\nA port joins two processes.', 'Groceries\n\nBread, a port']
  for (const [at, note] of notes.entries()) await note.locator('#text').fill(texts[at] ?? '')
  const guest = await openTab(app, strip, 'guest')
  await guest.getByRole('button', { name: '#2563a8' }).click()
  await strip.locator('#query').fill('port')
  await guest.evaluate(() => document.querySelector<HTMLElement>('#try')?.click())
  await strip.waitForTimeout(3000)
  return strip
}

/** Of the screen: what a window is made of has no picture of its own. */
async function takeTabs(app: ElectronApplication, folder: string): Promise<void> {
  const page = await pageOf(app, 'app')
  await page.locator('.tabs').getByRole('button', { name: 'Tabs' }).click()
  const strip = await prepareTabs(app)
  const window = await app.browserWindow(strip)
  const bounds = await window.evaluate((each) => each.getBounds())
  const picture = await app.evaluate(async ({ desktopCapturer, screen }, part) => {
    const { size: thumbnailSize } = screen.getPrimaryDisplay()
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize })
    return source?.thumbnail.crop(part).toJPEG(85).toString('base64') ?? ''
  }, bounds)
  await writeFile(`${folder}/tabs.jpg`, Buffer.from(picture, 'base64'))
}

async function take(page: Page, folder: string, title: string): Promise<void> {
  const path = `${folder}/${title.toLowerCase().replaceAll(' ', '-')}.jpg`
  await mkdir(dirname(path), { recursive: true })
  await page.screenshot({ path, quality: 85 })
}

async function expectText(page: Page, selector: string, text: RegExp): Promise<void> {
  await expect.poll(() => page.locator(selector).textContent(), { timeout: 30_000 }).toMatch(text)
}
