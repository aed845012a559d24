import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cases } from '../ports/cases/cases.ts'
import { expectToHold } from './expect-to-hold.ts'
import { pairs } from './pairs.ts'
import { type PortsApp, describeInPortsApp } from './ports-app.ts'

describeInPortsApp('Channels that were opened and closed', (app) => {
  test('leave no port and no listener behind, in main or in a page', async () => {
    const play = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        for (const pair of pairs) await expectToHold(app, pair, cases[0]!.name)
      }
    }
    await play(1)
    const before = await count(app)
    await play(10)
    // Some of them take more than one collection.
    await expect.poll(() => count(app), { timeout: 20_000, interval: 300 }).toEqual(before)
  })
})

async function count(app: PortsApp): Promise<object> {
  return {
    portsOfMain: await app.app.evaluate(() => globalThis.ports.countPorts()),
    page: await countInPage(await app.pageOf('page')),
    otherPage: await countInPage(await app.pageOf('other page')),
  }
}

/** How many ports and listeners there are in a page after its garbage was collected. */
async function countInPage(page: Page): Promise<object> {
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('HeapProfiler.collectGarbage')
    await session.send('Performance.enable')
    const { metrics } = await session.send('Performance.getMetrics')
    const prototype = await session.send('Runtime.evaluate', {
      expression: 'MessagePort.prototype',
    })
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId!,
    })
    const ports = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: 'function () { return this.length }',
    })
    const listeners = metrics.find(({ name }) => name === 'JSEventListeners')
    return { ports: ports.result.value, listeners: listeners?.value }
  } finally {
    await session.detach()
  }
}
