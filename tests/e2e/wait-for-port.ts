import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The number of the port that a page has of a link by now, as it shows it. Waits until it is at least `least`. */
export async function waitForPort(
  page: Page,
  link: string,
  least: number,
  timeout: number,
): Promise<number> {
  const pattern = new RegExp(`${link} · connected · port (\\d+)`)
  let port = 0
  const read = async (): Promise<number> => {
    const text = (await page.locator('#links').textContent({ timeout })) ?? ''
    port = Number(pattern.exec(text)?.[1] ?? 0)
    return port
  }
  const message = 'the number of the port'
  await expect.poll(read, { timeout, message }).toBeGreaterThanOrEqual(least)
  return port
}
