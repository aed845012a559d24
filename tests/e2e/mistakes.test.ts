import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom, pageOf } from './darkroom.ts'
import { readStderr } from './measure.ts'
import { useProject } from './use-project.ts'

describeInElectron('What its developer may forget', ({ launch, env }) => {
  const project = useProject(['worker-window'], env)

  test('is said where the app was started: a page, and whoever waits for it', async () => {
    const file = join(project(), 'out/renderer/worker/index.html')
    await rename(file, `${file}.away`)
    try {
      const { app } = await launch(project())
      const output = readStderr(app)
      await pageOf(app, 'app')
      await expect
        .poll(output)
        .toContain('The page of "worker" is not there: see src/renderer/worker/index.html.')
      await expect
        .poll(output)
        .toContain('"app" waits for the link "jobs": does "worker" run, and serve or accept it?')
    } finally {
      await rename(`${file}.away`, file)
    }
  })

  test('is not said of an app that has all', async () => {
    const { app } = await launch(project())
    const output = readStderr(app)
    const darkroom = await Darkroom.open(app)
    await darkroom.page.waitForTimeout(6000)
    expect(output()).not.toMatch(/is not there|waits for/)
  })
})
