import { afterEach, expect, test, vi } from 'vitest'
import { startDisplay } from './display.ts'
import { isOnPath } from './is-on-path.ts'

const hasXvfb = process.platform === 'linux' && (await isOnPath('Xvfb'))

afterEach(() => {
  vi.unstubAllEnvs()
})

test('takes the display that is there', async () => {
  vi.stubEnv('DISPLAY', ':77')

  const { display } = await startDisplay()

  expect(display).toBe(':77')
})

test.runIf(hasXvfb)('starts displays that do not clash, and stops them', async () => {
  vi.stubEnv('DISPLAY', undefined)

  const [first, second] = await Promise.all([startDisplay(), startDisplay()])
  await Promise.all([first.stop(), second.stop()])

  expect(first.display).toMatch(/^:\d+$/)
  expect(second.display).not.toBe(first.display)
  await expect(first.stop()).resolves.toBeUndefined()
})
