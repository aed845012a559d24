import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './app'

let folder: string

test.beforeEach(async ({ app }) => {
  folder = await mkdtemp(join(tmpdir(), 'main-port-'))
  await mkdir(join(folder, 'notes'))
  await writeFile(join(folder, 'notes/today.txt'), 'Water the plants')
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, folder)
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('the page browses a folder, and sees a file change', async ({ openDemo }) => {
  const page = await openDemo('Main port')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await page.getByRole('button', { name: 'notes' }).click()
  await page.getByRole('button', { name: 'today.txt' }).click()
  await expect(page.locator('.main-port .text')).toHaveText('Water the plants')
  await writeFile(join(folder, 'notes/today.txt'), 'Water the plants, and sing')
  await expect(page.locator('.main-port .text')).toHaveText('Water the plants, and sing')
  await rm(join(folder, 'notes/today.txt'))
  await expect(page.locator('.main-port .status')).toHaveText(
    '"notes/today.txt" is not (any more) in the folder that was chosen.',
  )
})

test('figures of the system keep coming', async ({ openDemo }) => {
  const page = await openDemo('Main port')
  await expect(page.locator('.main-port .processors-text')).toHaveText(/^\d+ %$/)
  await expect(page.locator('.main-port .main-memory')).toHaveText(/^\d+ MB$/)
})

test('main answers on a port that the page made, again and again', async ({ openDemo }) => {
  const page = await openDemo('Main port')
  const knocked = page.locator('.main-port .knocked')
  for (let times = 0; times < 3; times++) {
    await page.getByRole('button', { name: 'Knock' }).click()
    await expect(knocked).toHaveText(/3 of 3 in .* ms · main holds 1 such port/)
    await page.reload()
  }
})
