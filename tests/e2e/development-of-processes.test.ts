import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { editFile } from './edit-file.ts'
import { type StartedScript, startScript } from './start-script.ts'
import { useProject } from './use-project.ts'

const links = "document.querySelector('#links')?.textContent"

describeInElectron('While it is developed, a project with a utility process', ({ env }) => {
  const project = useProject(['utility-process'], env)
  const edit = (path: string, from: string, to: string): Promise<void> =>
    editFile(project(), path, (text) => text.replace(from, to))

  /** Waits until it runs, and marks the page, which is gone once that is loaded again. */
  const start = async (): Promise<StartedScript> => {
    const script = await startScript(project(), 'dev', env())
    const areConnected = `/hashes · connected.*processes · connected/.test(${links})`
    await expectOver(script.debuggingPort, 'app', areConnected, true)
    await expect.poll(script.output).toContain('[indexer] Ready, with Node')
    await evaluateOver(script.debuggingPort, 'app', 'void (window.isMarked = true)')
    return script
  }
  const count = ({ output }: StartedScript, text: string): number => output().split(text).length - 1

  test('starts that process anew after an edit, and neither the app nor its page', async () => {
    const script = await start()
    // As when a package manager makes another project, of the same files.
    const installed = join(project(), 'node_modules/electron-log/node.js')
    await link(installed, `${project()}.linked`)
    await rm(`${project()}.linked`)
    for (const words of ['Edited', 'Edited again']) {
      await edit('src/utility/indexer.ts', 'console.log(`Ready', `console.log(\`${words}, Ready`)
      await expect.poll(script.output).toContain(`[indexer] ${words}`)
      await edit('src/utility/indexer.ts', `\`${words}, Ready`, '`Ready')
    }
    await expectOver(script.debuggingPort, 'app', `/hashes · connected/.test(${links})`, true)
    expect(await evaluateOver(script.debuggingPort, 'app', 'window.isMarked')).toBe(true)
    expect(count(script, 'restarting electron app')).toBe(0)
  })

  test('starts it again once a mistake in its code is mended, however often it died', async () => {
    const script = await start()
    const throwAtOnce = "throw new Error('A mistake.')\nconsole.log(`Ready"
    await edit('src/utility/indexer.ts', 'console.log(`Ready', throwAtOnce)
    await expect.poll(script.output, { timeout: 45_000 }).toContain('stays down')
    const before = count(script, '[indexer] Ready')
    await edit('src/utility/indexer.ts', throwAtOnce, 'console.log(`Ready')
    await expect.poll(() => count(script, '[indexer] Ready')).toBe(before + 1)
    expect(count(script, 'restarting electron app')).toBe(0)
  }, 90_000)

  test('starts the app anew once after an edit of the kernel, which all its processes have', async () => {
    const script = await start()
    await edit('src/ports/errors.ts', 'super(message, options)', 'super(`${message}`, options)')
    await expect.poll(() => count(script, 'restarting electron app')).toBe(1)
    const debuggingPort = await script.debuggingPortAfter(1)
    await expectOver(debuggingPort, 'app', `/hashes · connected/.test(${links})`, true)
    await evaluateOver(debuggingPort, 'app', 'void (window.isMarked = true)')
    const starts = 2 // one for each app
    await expect.poll(() => count(script, '[indexer] Ready')).toBe(starts)
    // An edit after which all is quiet shows that nothing was still to come.
    await edit('src/utility/indexer.ts', 'console.log(`Ready', 'console.log(`Last, Ready')
    await expect.poll(script.output).toContain('[indexer] Last')
    expect(count(script, '[indexer] Ready')).toBe(starts)
    expect(count(script, 'restarting electron app')).toBe(1)
    expect(await evaluateOver(debuggingPort, 'app', 'window.isMarked')).toBe(true)
  })

  test.each(['dev', 'start'] as const)(
    'names lines of the sources in what a utility process prints of an error, by "npm run %s"',
    async (command) => {
      const probe = "console.error(new Error('A probe.').stack)"
      await edit('src/utility/indexer.ts', 'console.log(`Ready', `${probe}\nconsole.log(\`Ready`)
      const { output } = await startScript(project(), command, env())
      const expected = /A probe\.\n.*at .*src\/utility\/indexer\.ts:\d+/
      await expect.poll(output, { timeout: 45_000 }).toMatch(expected)
    },
  )
})
