import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { type Experiment, launchChromium } from './find-chromium.ts'

/** Like Vitest's `describe`, with a Chromium that is started once for all its tests. To be asked for inside of them. */
export function describeInChromium(
  title: string,
  experiment: Experiment,
  defineTests: (browser: () => Browser) => void,
): void {
  let browser: Browser
  const found = inject('chromium')

  // oxlint-disable-next-line vitest/valid-title -- it is the caller's
  describe.skipIf('missing' in found)(title, () => {
    beforeAll(async () => {
      if (!('missing' in found)) browser = await launchChromium(found.execPath, experiment)
    })
    afterAll(() => browser.close())
    defineTests(() => browser)
  })
}
