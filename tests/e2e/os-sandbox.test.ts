import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { readSeccompMode } from '../electron/processes.ts'
import { Darkroom } from './darkroom.ts'

describeInElectron("With the operating system's sandbox on", ({ launch }) => {
  const project = inject('workerWindowProject')

  test.runIf(process.platform === 'linux')('the same app does the same job', async () => {
    const { app } = await launch(project, { chromiumSandbox: true })
    const darkroom = await Darkroom.open(app)
    await darkroom.chooseSample()
    await darkroom.paint({ brush: 2, width: 1200 })

    const renderers = await app.evaluate(({ app: electronApp }) =>
      electronApp.getAppMetrics().filter(({ type }) => type === 'Tab'),
    )
    const modes = await Promise.all(renderers.map(({ pid }) => readSeccompMode(pid)))
    expect(modes).toEqual([2, 2])
  })
})
