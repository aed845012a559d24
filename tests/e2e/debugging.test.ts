import { readFile, writeFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'
import { findFreePort } from './devtools.ts'
import { readStderr } from './measure.ts'
import { runScript } from './project.ts'
import { startCommand } from './start-script.ts'
import { useProject } from './use-project.ts'

interface Launch {
  configurations: { name: string; port: number }[]
  compounds: { configurations: string[]; preLaunchTask: string }[]
}

interface Task {
  label: string
  command?: string
  script?: string
  options?: { env: Record<string, string> }
}

describeInElectron('A developer', ({ env, launch }) => {
  const project = useProject(['worker-window', 'utility-process'], env)

  /** The line that an error is made in, in each process, by its file. */
  const lines: Record<string, number> = {}

  beforeAll(async () => {
    const append = async (file: string, line: string): Promise<void> => {
      const path = join(project(), file)
      const text = (await readFile(path, 'utf8')).trimEnd()
      lines[file] = text.split('\n').length + 2
      await writeFile(path, `${text}\n\n${line}\n`)
    }
    await append('src/main/index.ts', "console.error(new Error('In main'))")
    await append('src/utility/indexer.ts', "console.error(new Error('In a utility process'))")
    await append(
      'src/renderer/app/main.ts',
      "Reflect.set(window, 'failed', new Error('In a page').stack)",
    )
    await runScript(project(), env(), 'build')
  })

  test('reads lines of the sources in the stacks of main, of a utility process and of a page', async () => {
    const { app } = await launch(project())
    const page = await pageOf(app, 'app')
    const output = readStderr(app)
    const log = (): Promise<string> =>
      app
        .evaluate(({ app: electron }) => electron.getPath('logs'))
        .then((folder) => readFile(join(folder, 'main.log'), 'utf8'))
    const at = (file: string): RegExp =>
      new RegExp(`at .*${file.replaceAll('.', '\\.')}:${lines[file]}:`)
    await expect.poll(log).toMatch(at('src/main/index.ts'))
    await expect.poll(log).toMatch(at('src/utility/indexer.ts'))
    expect(output()).not.toContain('sourcemap')

    expect(await sourceOf(page)).toEqual({
      file: expect.stringMatching(/src\/renderer\/app\/main\.ts$/),
      line: lines['src/renderer/app/main.ts'],
    })
  })

  /** Where the error of a page was made, by the source map that a debugger reads. */
  const sourceOf = async (page: Page): Promise<{ file: string; line: number }> => {
    const failed = () => page.evaluate(() => String(Reflect.get(window, 'failed')))
    await expect.poll(failed).toContain('In a page')
    const [, file = '', line, column] =
      /app:\/\/[^/]+(\/\S+\.js):(\d+):(\d+)/.exec(await failed()) ?? []
    const map = await readFile(join(project(), 'out/renderer', `${file}.map`), 'utf8')
    const entry = new SourceMap(JSON.parse(map)).findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) throw new Error(`The map has nothing for ${await failed()}`)
    return { file: entry.originalSource, line: entry.originalLine + 1 }
  }

  const readJson = async <Content>(name: string): Promise<Content> =>
    JSON.parse(await readFile(join(project(), '.vscode', name), 'utf8')) as Content

  test('has tasks and configurations in VS Code that name what is there', async () => {
    const { tasks } = await readJson<{ tasks: Task[] }>('tasks.json')
    const { configurations, compounds } = await readJson<Launch>('launch.json')
    const { recommendations } = await readJson<{ recommendations: string[] }>('extensions.json')
    const { scripts } = JSON.parse(await readFile(join(project(), 'package.json'), 'utf8'))
    for (const { script, command = `npm run ${script}` } of tasks) {
      expect(Object.keys(scripts)).toContain(/^npm run (\S+)/.exec(command)?.[1])
    }
    const names = configurations.map(({ name }) => name)
    expect(names).toEqual(['main', 'indexer', 'pages'])
    for (const compound of compounds) {
      expect(compound.configurations).toEqual(names)
      expect(tasks.map(({ label }) => label)).toContain(compound.preLaunchTask)
    }
    for (const each of recommendations) expect(each).toMatch(/^[\w-]+\.[\w-]+$/)
  })

  test('finds a debugger at the port of each configuration, in VS Code', async () => {
    const { tasks } = await readJson<{ tasks: Task[] }>('tasks.json')
    const { configurations } = await readJson<Launch>('launch.json')
    const { command = '', options } = tasks.find(({ label }) => label === 'dev') ?? {}
    // Those that are named there may be taken on this machine.
    const free = new Map<string, number>()
    for (const { port } of configurations) free.set(`${port}`, await findFreePort())
    const move = (text: string): string =>
      text.replace(/\d+$|\d+(?= )/g, (port) => `${free.get(port)}`)
    const moved = Object.entries(options?.env ?? {}).map(([name, value]) => [name, move(value)])
    startCommand(project(), move(command), { ...env(), ...Object.fromEntries(moved) })

    /** What a debugger is offered at a port. */
    const targets = async (port: number): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${free.get(`${port}`)}/json/list`).catch(
        () => {},
      )
      return (await response?.text()) ?? ''
    }
    const expected: Record<string, string> = {
      main: 'electron/js2c/browser_init',
      indexer: 'electron/js2c/utility_init',
      pages: '/app/index.html',
    }
    for (const { name, port } of configurations) {
      const found = () => targets(port)
      await expect.poll(found, { message: name, timeout: 30_000 }).toContain(expected[name])
    }
  })
})
