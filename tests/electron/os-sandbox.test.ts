import { chmod, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'
import { readSeccompMode } from './processes.ts'

const fixture = join(import.meta.dirname, 'fixture-app')
const isLinux = process.platform === 'linux'

/** This repository may lie where only root can read. */
async function copyForEverybody(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'create-electron-ports-fixture-'))
  onTestFinished(() => rm(copy, { recursive: true }))
  await cp(folder, copy, { recursive: true })
  await chmod(copy, 0o755)
  return copy
}

describeInElectron("The operating system's sandbox", ({ launch }) => {
  test.runIf(isLinux)('is around a page which gets its port all the same', async () => {
    const project = await copyForEverybody(fixture)
    const running = await launch(project, { chromiumSandbox: true })
    const page = await running.app.firstWindow()
    await page.getByText('{"echo":"hello"}').waitFor()

    const seen = await running.app.evaluate(({ app }) => ({
      isRoot: process.getuid!() === 0,
      isOff: app.commandLine.hasSwitch('no-sandbox'),
      renderers: app.getAppMetrics().filter(({ type }) => type === 'Tab'),
    }))

    expect(seen).toMatchObject({ isRoot: false, isOff: false })
    expect(seen.renderers).toHaveLength(1)
    expect(await readSeccompMode(seen.renderers[0]!.pid)).toBe(2)
  })
})
