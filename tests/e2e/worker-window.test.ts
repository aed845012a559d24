import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom } from './darkroom.ts'
import {
  averageOf,
  blockMain,
  countIpcMessages,
  countPortBytes,
  countTicks,
  noteChanges,
  readStderr,
  sumLongTasks,
  watchTimeouts,
} from './measure.ts'
import { drawPicture, expectPainting, pngFile } from './pictures.ts'

/** The size of the sample that comes with the demo. */
const SAMPLE_BYTES = 20_082

describeInElectron('The worker window', ({ launch }) => {
  const project = inject('workerWindowProject')
  const open = async (): Promise<Darkroom> => Darkroom.open((await launch(project)).app)
  const openSample = async (): Promise<Darkroom> => {
    const darkroom = await open()
    await darkroom.chooseSample()
    return darkroom
  }

  test('paints the picture that its user picked, to the last pixel', async () => {
    const darkroom = await open()
    const photo = drawPicture(97, 61)
    await darkroom.choose(pngFile(photo))

    const painting = await darkroom.paint({ brush: 3 })

    expect([painting.width, painting.height]).toEqual([97, 61])
    expect(painting.data.equals(expectPainting(photo, 3))).toBe(true)
  })

  test('scales the picture', async () => {
    const darkroom = await open()
    const photo = drawPicture(300, 200)
    await darkroom.choose(pngFile(photo))

    const painting = await darkroom.paint({ brush: 1, width: 1200 })

    expect([painting.width, painting.height]).toEqual([1200, 800])
    const difference = averageOf(painting).map((mean, i) => mean - (averageOf(photo)[i] as number))
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(2)
  })

  test('works on while main is blocked, and main sees nothing of it', async () => {
    const darkroom = await openSample()
    const { app, page } = darkroom
    const ipcMessages = await countIpcMessages(app)
    const portBytes = await countPortBytes(page)
    const changes = await noteChanges(page, '.progress')

    await darkroom.startPainting({ width: 2400 })
    await darkroom.waitForProgress()
    const blocked = await blockMain(app, 1500)
    await darkroom.waitForStatus(/Done in/, 50_000)

    const meanwhile = (await changes()).filter((at) => at > blocked.began && at < blocked.ended)
    expect(meanwhile.length).toBeGreaterThan(5)
    expect(await ipcMessages()).toBe(0)
    const { sent, received } = await portBytes()
    expect(sent).toBe(SAMPLE_BYTES)
    expect(received).toBeGreaterThan(500_000)
  })

  test('leaves the page free, where the same job in the page would not', async () => {
    const darkroom = await openSample()
    const where = darkroom.page.getByLabel('Work in')
    const longTasks = await sumLongTasks(darkroom.page)

    await darkroom.paint({ width: 1200 })
    const inWorker = await longTasks()
    await where.selectOption('this page')
    await darkroom.paint({ width: 1200 })
    const inPage = (await longTasks()) - inWorker

    expect(inPage).toBeGreaterThan(250)
    expect(inWorker).toBeLessThan(inPage / 4)
  })

  test('stops work that is cancelled', async () => {
    const darkroom = await open()
    const isIdle = await watchTimeouts(await darkroom.workerPage())
    await darkroom.startLongJob()
    expect(await isIdle()).toBe(false)

    await darkroom.cancel()

    expect(await darkroom.status()).toEqual({ text: 'Cancelled.', code: '' })
    await expect.poll(isIdle, { timeout: 2000 }).toBe(true)
    await darkroom.chooseSample()
    await darkroom.paint({ brush: 2 })
  })

  test('refuses a file that is no picture, and goes on', async () => {
    const darkroom = await open()
    const file = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') }
    await darkroom.choose(file)
    expect(await darkroom.status()).toEqual({
      text: 'This file is not a picture that Chromium can decode.',
      code: 'NOT_A_PICTURE',
    })
    await darkroom.choose({ ...file, buffer: Buffer.alloc(0) })
    expect((await darkroom.status()).code).toBe('NOT_A_PICTURE')
    await darkroom.choose(pngFile(drawPicture(20, 20)))
    await darkroom.paint({ brush: 1 })
  })

  test('refuses a file that is far too large, and goes on', async () => {
    const darkroom = await open()
    await darkroom.page.evaluate(() => {
      Object.defineProperty(File.prototype, 'size', { value: 1_000_000_000, configurable: true })
    })
    await darkroom.choose(pngFile(drawPicture(20, 20)))
    expect(await darkroom.status()).toEqual({
      text: 'This file has 976,563 KB: more than a photo should.',
      code: 'TOO_LARGE',
    })
    await darkroom.page.evaluate(() => Reflect.deleteProperty(File.prototype, 'size'))
    await darkroom.choose(pngFile(drawPicture(20, 20)))
    await darkroom.paint({ brush: 1 })
  })

  test('does one thing at a time: a picture that is chosen ends the job before it', async () => {
    const darkroom = await open()
    const isIdle = await watchTimeouts(await darkroom.workerPage())
    await darkroom.startLongJob()
    await darkroom.choose(pngFile(drawPicture(30, 20)))
    await expect.poll(isIdle, { timeout: 2000 }).toBe(true)
    expect((await darkroom.status()).text).toMatch(/^Ready/)
    expect((await darkroom.paint({ brush: 1 })).width).toBe(30)
  })

  test('is opened again when it was closed', async () => {
    const darkroom = await open()
    const window = await darkroom.app.browserWindow(await darkroom.workerPage())
    await window.evaluate((each) => void setTimeout(() => each.close()))
    await darkroom.waitForPort(2)
    await darkroom.chooseSample()
    expect((await darkroom.paint({ brush: 1 })).width).toBe(600)
  })

  test('shows its errors where the app was started', async () => {
    const { app } = await launch(project)
    const darkroom = await Darkroom.open(app)
    const output = readStderr(app)
    const worker = await darkroom.workerPage()
    await worker.evaluate(() => void setTimeout(() => console.error('The paint is dry.')))
    await expect.poll(output).toContain('The paint is dry.')
  })

  test('refuses a painting that would be too large', async () => {
    const darkroom = await open()
    await darkroom.choose(pngFile(drawPicture(2, 200)))
    await darkroom.startPainting({ width: 4800 })
    await darkroom.waitForStatus(/too large/)
    expect((await darkroom.status()).code).toBe('TOO_LARGE')
  })

  test('decodes what only a document can: a picture in SVG', async () => {
    const darkroom = await open()
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#08f"/></svg>'
    await darkroom.choose({
      name: 'a.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(svg),
    })
    const painting = await darkroom.paint({ brush: 1 })
    expect([...painting.data.subarray(0, 4)]).toEqual([0, 136, 255, 255])
  })

  test('holds the pace of a 100 ms timer, never shown or hidden again', async () => {
    const darkroom = await open()
    const worker = await darkroom.workerPage()
    // Throttled it would be one in a second.
    expect(await countTicks(worker)).toBeGreaterThanOrEqual(25)

    const window = await darkroom.app.browserWindow(worker)
    await window.evaluate((each) => {
      each.show()
      each.hide()
    })
    expect(await countTicks(worker)).toBeGreaterThanOrEqual(25)
  })
})
