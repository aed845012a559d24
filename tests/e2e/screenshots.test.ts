import { join } from 'node:path'
import { PNG } from 'pngjs'
import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom } from './darkroom.ts'
import { ALL_TOPOLOGIES } from './demos.ts'
import { takePicturesOfTopology } from './pictures-of-live-view.ts'
import { makeProjectBy, removeProject } from './project.ts'
import { buildForTests } from './talking-project.ts'

/** Makes the pictures of the README anew: `UPDATE_SCREENSHOTS=1 npx vitest run screenshots`. */
const isUpdate = Boolean(process.env['UPDATE_SCREENSHOTS'])

const docs = join(import.meta.dirname, '../../docs')

describeInElectron('The first window', ({ launch }) => {
  const project = inject('workerWindowProject')

  test.each(['light', 'dark'] as const)(
    'shows a finished job, in %s, without a scroll bar',
    async (colorScheme) => {
      const { app } = await launch(project)
      const darkroom = await Darkroom.open(app)
      const { page } = darkroom
      await page.emulateMedia({ colorScheme })
      await darkroom.chooseSample()
      await darkroom.paint({ brush: 8, width: 1200 })

      const picture = await page.screenshot()
      if (isUpdate) {
        const path = join(docs, `worker-window-${colorScheme}.jpg`)
        await page.screenshot({ path, quality: 88 })
      }

      const { needed, given } = await page.evaluate(() => ({
        needed: document.documentElement.scrollHeight,
        given: innerHeight,
      }))
      expect(needed).toBeLessThanOrEqual(given)
      expect(brightnessOf(picture)).toEqual(colorScheme)
    },
  )

  test('can be read at 800 pixels, with nothing cut off', async () => {
    const { app } = await launch(project)
    const darkroom = await Darkroom.open(app)
    const window = await app.browserWindow(darkroom.page)
    await window.evaluate((each) => each.setContentSize(800, 700))
    await expect.poll(() => darkroom.page.evaluate(() => innerWidth)).toBe(800)
    const overflow = await darkroom.page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.className),
    )
    expect(overflow).toEqual([])
  })
})

describeInElectron('The live view of a topology', ({ env, launch }) => {
  test.runIf(isUpdate).each(ALL_TOPOLOGIES)(
    'is in a picture: %s',
    async (topology) => {
      const project = await makeProjectBy(['--topology', topology], env())
      try {
        await buildForTests(project, env())
        const { app } = await launch(project)
        expect(await takePicturesOfTopology(app, topology, join(docs, 'live-view'))).toEqual([])
      } finally {
        await removeProject(project)
      }
    },
    180_000,
  )
})

/** Whether the corner of a picture, where there is nothing but the page, is light or dark. */
function brightnessOf(picture: Buffer): 'light' | 'dark' {
  const [red = 0] = PNG.sync.read(picture).data
  return red > 128 ? 'light' : 'dark'
}
