import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../electron/run-command.ts'

/** Flags of a project in which a page asks a utility process, by a contract of the tests. */
export const TALKING = ['--node', 'echo:utility-process', '--link', 'talk:app:echo']

const FILES: Record<string, string> = {
  'src/contracts/talk.ts': `
    export interface Talk {
      echo(value: unknown): Promise<unknown>
      fail(words: string): Promise<void>
      wait(signal: AbortSignal): Promise<void>
      count(to: number): AsyncIterable<number>
      hear(value: unknown): void
    }`,
  'src/utility/echo/links/talk.ts': `
    import type { Talk } from '../../../contracts/talk'
    export const handlers: Talk = {
      echo: async (value) => value,
      fail: async (words) => { throw Object.assign(new Error(words), { code: 'ON_PURPOSE' }) },
      wait: () => new Promise(() => {}),
      async *count(to) { for (let number = 1; number <= to; number++) yield number },
      hear() {},
    }`,
  'src/renderer/app/links.ts': `
    import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
    import { Link } from '../../ports/link'
    import type { LinksOf } from '../../topology'
    const ports: PagePorts<LinksOf<'app'>> = ownPorts
    export function startLinks(): void {
      Object.assign(window, { talk: new Link(ports, 'talk') })
    }`,
}

/** Has the page of a project made with {@link TALKING} say what a test wants, by its global `talk`. */
export async function letTalk(project: string): Promise<void> {
  for (const [path, text] of Object.entries(FILES)) await writeFile(join(project, path), text)
}

/** Builds a project for tests, as its own `npm run test:e2e` does. */
export async function buildForTests(project: string, env: Record<string, string>): Promise<void> {
  const args = ['exec', '--', 'electron-vite', 'build', '--mode', 'test']
  await runCommand('npm', args, { cwd: project, env: { ...process.env, ...env }, timeout: 60_000 })
}

/** The one line of a project's configuration without which there is no live view. */
const LINE = /^import '\.\/scripts\/live'.*\n/m

/** Takes that line out of the configuration of a project. */
export async function leaveOutLiveView(project: string): Promise<void> {
  const file = join(project, 'electron.vite.config.ts')
  const text = await readFile(file, 'utf8')
  if (!LINE.test(text)) throw new Error(`There is no live view in "${file}".`)
  await writeFile(file, text.replace(LINE, ''))
}
