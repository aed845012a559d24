import type { Page } from 'playwright-core'

/** What the hub tells: the part of it that tests look at. */
interface RawNews {
  kind: string
  revision?: number
  text?: string
}

/**
 * Joins the hub over the first port that `ask` kept in a page, with credit for one item. More are read by
 * {@link readRaw} alone.
 */
export async function joinRaw(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
    const items: unknown[] = []
    Reflect.set(window, 'rawItems', items)
    port.addEventListener('message', ({ data }: MessageEvent<unknown[]>) => {
      for (let at = 0; at < data.length; at += 1 + (data[at] as number)) {
        const [kind, id, ...values] = data.slice(at + 1, at + 1 + (data[at] as number))
        if (kind === 'items' && id === 1) items.push(...values)
      }
    })
    port.start()
    port.postMessage([6, 'stream', 1, 'join', { 0: 0 }, 1, undefined])
  })
}

/** What has come since it joined. Lets so many items more come after that. */
export function readRaw(page: Page, more: number): Promise<RawNews[]> {
  return page.evaluate((credit) => {
    const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
    if (credit > 0) port.postMessage([3, 'credit', 1, credit])
    return Reflect.get(window, 'rawItems') as RawNews[]
  }, more)
}

/** Says so many times all that a member can say, without waiting for an answer. */
export async function floodRaw(page: Page, times: number): Promise<void> {
  await page.evaluate((count) => {
    const [port] = Reflect.get(window, 'rawPorts') as [MessagePort]
    for (let time = 0; time < count; time++) {
      port.postMessage([5, 'call', 1e6 + time, 'edit', undefined, { revision: time }])
      port.postMessage([4, 'call', 2e6 + time, 'redo', undefined])
      port.postMessage([4, 'notify', 'point', time, time])
    }
  }, times)
}
