import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { runCommand } from '../electron/run-command.ts'
import { evaluateOver, expectOver } from './devtools.ts'
import { copyProject } from './project.ts'
import { startScript } from './start-script.ts'

const PACKAGES = ['react@19', 'react-dom@19', '@vitejs/plugin-react@6']

/** A plugin that puts a script of its own into every page, and replaces modules while they run. */
describeInElectron('A project with React', ({ env }) => {
  let project: string

  beforeAll(async () => {
    const original = inject('workerWindowProject')
    project = join(dirname(original), 'with-react')
    await copyProject(original, project)
    const install = ['install', '--save-dev', '--ignore-scripts', ...PACKAGES]
    await runCommand('npm', install, { cwd: project, timeout: 120_000 })
    const edit = async (path: string, from: string, to: string): Promise<void> => {
      const text = await readFile(join(project, path), 'utf8')
      expect(text).toContain(from)
      await writeFile(join(project, path), text.replace(from, to))
    }
    const config = 'electron.vite.config.ts'
    await edit(config, 'import', "import react from '@vitejs/plugin-react'\nimport")
    await edit(config, 'plugins: [samePolicy()', 'plugins: [react(), samePolicy()')
    await edit('src/renderer/app/index.html', './main.ts', './main.tsx')
    await writeFile(join(project, 'src/renderer/app/main.tsx'), MAIN)
    await writeFile(join(project, 'src/renderer/app/app.tsx'), APP)
    await writeFile(join(project, 'src/renderer/app/app.css'), 'button { border-top: 7px solid }\n')
  }, 180_000)

  afterAll(() => rm(project, { recursive: true, force: true }))

  const text = "document.querySelector('button')?.textContent"
  const border = "getComputedStyle(document.querySelector('button')).borderTopWidth"

  /** At once, as an editor does: half a module would have the page loaded again. */
  const replaceApp = async (code: string): Promise<void> => {
    await writeFile(join(project, 'app.tsx'), code)
    await rename(join(project, 'app.tsx'), join(project, 'src/renderer/app/app.tsx'))
  }

  test('shows it in development; what is edited keeps its state, and one link', async () => {
    const { debuggingPort } = await startScript(project, 'dev', env())
    await expectOver(debuggingPort, 'app', text, 'first 0')
    expect(await evaluateOver(debuggingPort, 'app', border)).toBe('7px')
    expect(await evaluateOver(debuggingPort, 'app', 'window.refused')).toEqual([])
    await evaluateOver(debuggingPort, 'app', "document.querySelector('button').click()")
    const read = () => evaluateOver(debuggingPort, 'app', text)
    for (const word of ['second', 'third', 'fourth', 'fifth']) {
      // Vite's watcher may miss one that comes right after another.
      const edit = async (): Promise<unknown> => {
        if ((await read()) !== `${word} 1`) await replaceApp(APP.replace('first', word))
        return read()
      }
      await expect.poll(edit, { interval: 1000, timeout: 30_000 }).toBe(`${word} 1`)
    }
    await expectOver(debuggingPort, 'app', 'window.links.at(-1).state', 'connected')
    const states = await evaluateOver(
      debuggingPort,
      'app',
      'window.links.map(({ state }) => state)',
    )
    expect((states as string[]).length).toBeGreaterThanOrEqual(5)
    expect((states as string[]).filter((state) => state !== 'closed')).toEqual(['connected'])
  }, 120_000)

  test('shows it in the build, under the same policy', async () => {
    await writeFile(join(project, 'src/renderer/app/app.tsx'), APP)
    const { debuggingPort } = await startScript(project, 'start', env())
    await expectOver(debuggingPort, 'app', text, 'first 0')
    expect(await evaluateOver(debuggingPort, 'app', border)).toBe('7px')
    expect(await evaluateOver(debuggingPort, 'app', 'window.refused')).toEqual([])
  })
})

const MAIN = `
import { createRoot } from 'react-dom/client'
import { App } from './app'

const refused: string[] = []
document.addEventListener('securitypolicyviolation', ({ blockedURI }) => refused.push(blockedURI))
Object.assign(window, { refused, links: [] })
createRoot(document.body).render(<App />)
`

const APP = `
import { useState } from 'react'
import { Link } from '../../ports/link'
import { ports } from './ports'
import './app.css'

const jobs = new Link(ports, 'jobs')
queueMicrotask(() => Reflect.get(window, 'links').push(jobs))

export function App() {
  const [count, setCount] = useState(0)
  return <button onClick={() => setCount(count + 1)}>first {count}</button>
}
`
