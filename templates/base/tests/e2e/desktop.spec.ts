import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from './app'

test('a second start ends, and the first is shown', async ({ app, pageOf }) => {
  const window = await app.browserWindow(await pageOf('app'))
  await expect.poll(() => window.evaluate((each) => each.isVisible())).toBe(true)
  const shown = window.evaluate(
    (each) => new Promise<string>((resolve) => (each.show = () => resolve('shown'))),
  )
  // What Playwright adds for itself does not disturb it.
  const [program = '', ...args] = app.process().spawnargs
  const second = spawn(program, args, { stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  expect(await shown).toBe('shown')
})
