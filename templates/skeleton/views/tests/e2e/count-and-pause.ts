import type { Locator } from '@playwright/test'

/**
 * Starts the stream of a card, and pauses it in its midst. Both are clicked within the page: on a busy machine the stream
 * might end before a second click came from outside.
 */
export async function countAndPause(card: Locator): Promise<void> {
  await card.evaluate(async (element) => {
    for (const name of ['Count', 'Pause']) {
      const find = () => {
        return [...element.querySelectorAll('button')].find(
          (each) => each.textContent?.trim() === name,
        )
      }
      while (!find()) await new Promise((resolve) => setTimeout(resolve))
      find()?.click()
    }
  })
  await card.getByRole('button', { name: 'Resume' }).waitFor()
}
