import type { Locator } from '@playwright/test'

/** Of a stream that is to be lost, more must be left than can be on its way: the usual credit is 64, of 100 items. */
const EARLY = 30

/**
 * Starts the stream of a card, and pauses it in its midst; anew, where that was too late. All is clicked within the page: on
 * a busy machine the stream might end before a second click came from outside.
 */
export async function countAndPause(card: Locator): Promise<void> {
  await card.evaluate(async (element, early) => {
    const pause = () => new Promise((resolve) => setTimeout(resolve))
    const find = (...names: string[]) =>
      [...element.querySelectorAll('button')].find((each) =>
        names.includes(each.textContent?.trim() ?? ''),
      )
    const click = async (...names: string[]): Promise<void> => {
      while (!find(...names)) await pause()
      find(...names)?.click()
      await pause()
    }
    const counted = element.querySelector('progress') as HTMLProgressElement
    for (;;) {
      await click('Count')
      while (!find('Pause') && counted.value < counted.max) await pause()
      find('Pause')?.click()
      while (!find('Resume', 'Count')) await pause()
      if (find('Resume') && counted.value <= early) return
      find('Cancel')?.click()
    }
  }, EARLY)
}
