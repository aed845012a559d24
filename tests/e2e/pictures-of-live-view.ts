import type { ElectronApplication } from 'playwright-core'
import { pageOf } from './darkroom.ts'
import { LiveView } from './live-view.ts'

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
