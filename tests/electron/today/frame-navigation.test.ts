import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../describe-in-electron.ts'

const fixture = join(import.meta.dirname, '../fixture-app')

describeInElectron('will-frame-navigate', ({ launch }) => {
  test('tells of a frame that leaves its page, and can keep it', async () => {
    const { app } = await launch(fixture)
    const page = await app.firstWindow()
    const frame = await page.evaluateHandle(async () => {
      const frame = document.createElement('iframe')
      frame.src = '/many-headers'
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      return frame
    })
    await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents()
      const tell = (told: unknown): void => void Reflect.set(globalThis, 'told', told)
      contents!.once('will-navigate', () => tell('It was taken for the page itself.'))
      contents!.once('will-frame-navigate', (event) => {
        event.preventDefault()
        const { url, isMainFrame, isSameDocument } = event
        tell({ url, isMainFrame, isSameDocument, frame: event.frame?.url })
      })
    })

    await frame.evaluate((each) => {
      each.contentWindow!.location.href = '/elsewhere'
    })

    const told = (): Promise<unknown> => app.evaluate(() => Reflect.get(globalThis, 'told'))
    await expect.poll(told).toEqual({
      url: 'app://fixture/elsewhere',
      isMainFrame: false,
      isSameDocument: false,
      frame: 'app://fixture/many-headers',
    })
    expect(page.frames().map((each) => each.url())).toEqual([
      'app://fixture/index.html',
      'app://fixture/many-headers',
    ])
  })
})
