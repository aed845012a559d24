import type { Locator } from '@playwright/test'

/** Of a stream that is to be lost, more must be left than can be on its way: the usual credit is 64, of 100 items. */
const EARLY = 30

/**
 * Starts the stream of a card, and pauses it in its midst; anew, where that was too late. All is clicked within the page: on
 * a busy machine the stream might end before a second click came from outside.
 */
export async function countAndPause(card: Locator): Promise<void> {
  await card.evaluate(async (element, early) => {
    const find = (...names: string[]) =>
      [...element.querySelectorAll('button')].find((each) =>
        names.includes(each.textContent?.trim() ?? ''),
      )
    const seen = async (...names: string[]) => {
      while (!find(...names)) await new Promise((resolve) => setTimeout(resolve))
      return find(...names)
    }
    const counted = element.querySelector('progress') as HTMLProgressElement
    for (;;) {
      const count = await seen('Count')
      count?.click()
      await new Promise((resolve) => setTimeout(resolve)) // until that is shown
      find('Pause')?.click()
      await seen('Resume', 'Count')
      if (find('Resume') && counted.value <= early) return
      find('Cancel')?.click()
    }
  }, EARLY)
}
