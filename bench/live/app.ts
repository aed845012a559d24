import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flagsOf } from '../../tests/e2e/graphs.ts'
import { leaveOutLiveView } from '../../tests/e2e/talking-project.ts'

const repository = join(import.meta.dirname, '../..')

/** A page asks another, and a utility process. */
const FLAGS = flagsOf({
  nodes: ['peer:window', 'echo:utility-process'],
  links: ['pages:app:peer', 'process:app:echo'],
})

export type Build = 'with' | 'without'

/**
 * Makes an app in which a page measures its links, and builds it as in development, with the live view and without.
 *
 * @returns the folder in which the two builds are.
 */
export async function makeApps(env: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-live-'))
  const project = join(folder, 'with' satisfies Build)
  const command = join(repository, 'bin/create-electron-ports.cjs')
  execFileSync(process.execPath, [command, project, ...FLAGS], { cwd: repository, stdio: 'ignore' })
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(project, file), text)
  for (const file of ['cases.ts', 'subject.ts']) {
    copyFileSync(join(repository, 'bench/ports', file), join(project, 'src', file))
  }
  const copy = join(folder, 'without' satisfies Build)
  cpSync(project, copy, { recursive: true })
  await leaveOutLiveView(copy)
  for (const each of [project, copy]) build(each, env)
  return folder
}

function build(project: string, env: Record<string, string>): void {
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'), 'junction')
  const args = ['exec', '--', 'electron-vite', 'build', '--mode', 'development']
  execFileSync('npm', args, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const SERVES = `
import { service } from '../../../subject'
export const handlers = { ...service, echo: async (value) => value }
`

const APP = `
import { runCase } from '../../cases'
import { ports } from '../../ports/handoff/page'
import { Link } from '../../ports/link'

export function startLinks() {
  const clientOf = (link) => ({
    echo: (value) => link.call.echo(value),
    items: (...order) => link.stream.items(...order),
    itemsFarAhead: (...order) => link.with({ credit: 1000 }).stream.items(...order),
  })
  const links = { pages: new Link(ports, 'pages'), process: new Link(ports, 'process') }
  Object.assign(globalThis, {
    measure: (link, task) => runCase(clientOf(links[link]), task, {}),
    /** Makes so many calls a second, for so many milliseconds. Gives how many it were. */
    async flood(rate, duration) {
      const since = performance.now()
      let made = 0
      for (let passed = 0; passed < duration; passed = performance.now() - since) {
        const due = Math.floor((passed * rate) / 1000) - made
        await Promise.all(Array.from({ length: due }, (_, at) => links.process.call.echo(at)))
        made += due
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return made / ((performance.now() - since) / 1000)
    },
  })
}
`

const FILES = {
  'src/utility/echo/links/process.ts': SERVES,
  'src/renderer/peer/links/pages.ts': SERVES,
  'src/renderer/app/links.ts': APP,
}
