import { afterEach, expect, test, vi } from 'vitest'
import { findChromium } from './find-chromium.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

test('takes the Chromium that the environment names, and says why it does not start', async () => {
  vi.stubEnv('CHROMIUM_EXEC_PATH', '/no/such/browser')

  expect(await findChromium()).toEqual({
    missing: expect.stringMatching(/^"\/no\/such\/browser" does not start: .+$/),
  })
})

test('says in one line what to do where there is no Chromium', async () => {
  vi.stubEnv('CHROMIUM_EXEC_PATH', undefined)
  vi.stubEnv('PATH', '/no/such/folder')

  expect(await findChromium()).toEqual({
    missing:
      'there is no chromium-headless-shell, chromium, google-chrome on PATH, and CHROMIUM_EXEC_PATH ' +
      'names none; on Debian run: sudo apt-get install chromium-headless-shell',
  })
})
