import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flagsOf } from '../../tests/e2e/graphs.ts'
import { closeDocuments } from '../../tests/e2e/many-app.ts'

const repository = join(import.meta.dirname, '../..')

/** Documents round a hub, as flags. */
const FLAGS = flagsOf({
  nodes: ['document:window:many', 'hub:utility-process'],
  links: ['docs:document:hub', 'lead:app:hub'],
})

/**
 * Makes and builds an app in which a hub measures what it costs to ask all documents.
 *
 * @returns its folder.
 */
export async function makeApp(env: Record<string, string>): Promise<string> {
  const project = join(mkdtempSync(join(tmpdir(), 'bench-many-')), 'app')
  const command = join(repository, 'bin/create-electron-ports.cjs')
  execFileSync(process.execPath, [command, project, ...FLAGS], { cwd: repository })
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'), 'junction')
  await closeDocuments(project)
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(project, file), text)
  execFileSync('npm', ['run', 'build'], {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return project
}

const HUB = `
import { ports as ownPorts } from '../../ports/handoff/utility'
import { serve } from '../../ports/link'

export function startLinks() {
  const documents = new Map()
  const docs = { greet: async (words) => words, async *flood() { for (let nth = 0; ; nth++) yield nth } }
  const onChannel = (channel, { key, gone }) => {
    documents.set(key, channel)
    gone.addEventListener('abort', () => documents.delete(key))
  }
  serve(ownPorts, 'docs', docs, { onChannel })
  serve(ownPorts, 'lead', {
    count: async () => documents.size,
    /** In microseconds: what it takes until all have answered, each time. */
    async broadcast(times) {
      const taken = []
      for (let nth = 0; nth < times; nth++) {
        const since = performance.now()
        await Promise.all([...documents.values()].map(({ call }) => call.tick(nth)))
        taken.push((performance.now() - since) * 1000)
      }
      return taken
    },
    /** Tells all of them something, without waiting for anybody, for so many milliseconds. */
    async tellAll(duration) {
      const until = performance.now() + duration
      while (performance.now() < until) {
        for (const { notify } of documents.values()) notify.told('something')
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
  })
}
`

const DOCUMENT = `
import { ports } from '../../ports/handoff/page'
import { Link } from '../../ports/link'

export function startLinks() {
  const docs = new Link(ports, 'docs', { tick: async (nth) => nth, told() {} })
  Object.assign(globalThis, {
    docs,
    /** In microseconds: what a call takes, each time. */
    async measure(times) {
      const taken = []
      for (let nth = 0; nth < times; nth++) {
        const since = performance.now()
        await docs.call.greet('Hello')
        taken.push((performance.now() - since) * 1000)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return taken
    },
  })
}
`

const APP = `
import { ports } from '../../ports/handoff/page'
import { Link } from '../../ports/link'

export function startLinks() {
  Object.assign(globalThis, { lead: new Link(ports, 'lead') })
}
`

const FILES = {
  'src/utility/hub/links.ts': HUB,
  'src/renderer/document/links.ts': DOCUMENT,
  'src/renderer/app/links.ts': APP,
}
