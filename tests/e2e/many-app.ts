import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flagsOf } from './graphs.ts'

/** A graph with links to, from and between the members of a node. */
export const MANY_FLAGS = flagsOf({
  nodes: ['document:window:many', 'hub:utility-process'],
  links: ['docs:document:hub', 'view:app:document', 'talk:document:document'],
})

/**
 * Makes an app of a skeleton with {@link MANY_FLAGS} in which everyone asks everyone else, and checks who has answered.
 * Main's `windows` are a global, and none of the documents is open.
 */
export async function writeManyApp(project: string): Promise<void> {
  await closeDocuments(project)
  for (const [file, text] of Object.entries(FILES)) await writeFile(join(project, file), text)
}

/** Has none of the documents open from the start: main's `windows` are a global instead. */
export async function closeDocuments(project: string): Promise<void> {
  await edit(project, 'src/topology.ts', (text) =>
    text.replace(", opens: ['1', '2']", ', width: 300, height: 200'),
  )
  await edit(project, 'src/main/services.ts', (text) =>
    text
      .replace(/^import /m, "import { start as expose } from './expose'\n$&")
      .replace('  // Yours', '  expose,\n$&'),
  )
  await writeFile(join(project, 'src/main/expose.ts'), EXPOSE)
}

async function edit(
  project: string,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const path = join(project, file)
  const before = await readFile(path, 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`Nothing was changed in "${file}".`)
  await writeFile(path, after)
}

/** For tests to open and close windows by, and to see what is left. */
const EXPOSE = `
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Main } from './services'

export function start({ windows }: Main): void {
  setFlagsFromString('--expose-gc')
  Object.assign(globalThis, { windows, collectGarbage: runInNewContext('gc') })
}
`

const CONTRACT = (name: string): string => `
export interface ${name} {
  /** Who answers, who asked as far as that is known, and what was said. */
  greet(words: string): Promise<[by: string, to: string, words: string]>
}
`

/** Asks again and again, and counts what came of it. */
const CHECK = `
import type { Link } from '../ports/link'

export interface Greeter {
  greet(words: string): Promise<[by: string, to: string, words: string]>
}

export const seen = { right: 0, wrong: [] as unknown[], failed: [] as string[], open: 0 }
Object.assign(globalThis, { seen })

/** How often each link was answered, by name and key of the other end. */
export const answers: Record<string, number> = {}
Object.assign(globalThis, { answers })

export function keepAsking<Other extends Link<Greeter>>(link: Other, by: string, to: string): Other {
  seen.open += 1
  let nth = 0
  const ask = async (): Promise<void> => {
    while (link.state !== 'closed') {
      const words = [by, to, (nth += 1)].join()
      try {
        const answer = await link.with({ timeout: 20_000 }).call.greet(words)
        if (answer.join() === [by, to, words].join()) seen.right += 1
        else seen.wrong.push([by, to, words, answer])
        const name = link.to === undefined ? link.name : link.name + ' ' + link.to
        answers[name] = (answers[name] ?? 0) + 1
      } catch (error) {
        const { code } = error as { code?: string }
        if (code !== 'closed' && code !== 'down') seen.failed.push(link.name + ': ' + String(error))
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    seen.open -= 1
  }
  void ask()
  return link
}
`

const HUB = `
import { type UtilityPorts, ports as ownPorts } from '../../ports/handoff/utility'
import { serve } from '../../ports/link'
import type { LinksOf } from '../../topology'

const ports: UtilityPorts<LinksOf<'hub'>> = ownPorts

export function startLinks(): void {
  const peers = new Set<string>()
  let served = 0
  serve(ports, 'docs', ({ key, gone }) => {
    const name = key + ' ' + (served += 1)
    peers.add(name)
    gone.addEventListener('abort', () => peers.delete(name))
    return {
      greet: async (words: string) =>
        words === 'who is there?' ? ['hub', key, [...peers].join()] : ['hub', key, words],
    }
  })
}
`

const DOCUMENT = `
import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
import { Link, serve } from '../../ports/link'
import { eachMember } from '../../ports/members'
import { ownKey } from '../../ports/own-key'
import type { LinksOf } from '../../topology'
import { keepAsking } from '../keep-asking'

const ports: PagePorts<LinksOf<'document'>> = ownPorts

export async function startLinks(): Promise<void> {
  const own = await ownKey(ports)
  serve(ports, 'view', { greet: async (words) => [own, 'app', words] })
  serve(ports, 'talk', ({ key }) => ({ greet: async (words) => [own, key, words] }))
  Object.assign(globalThis, { docs: keepAsking(new Link(ports, 'docs'), 'hub', own) })
  // One of them each: all would be hundreds.
  await eachMember(ports, 'document', (to) =>
    Number(to) === (Number(own) + 1) % 20
      ? keepAsking(new Link(ports, 'talk', {}, { to }), to, own)
      : { close() {} },
  )
}
`

const APP = `
import { type PagePorts, ports as ownPorts } from '../../ports/handoff/page'
import { Link } from '../../ports/link'
import { eachMember } from '../../ports/members'
import type { LinksOf } from '../../topology'
import { keepAsking } from '../keep-asking'

const ports: PagePorts<LinksOf<'app'>> = ownPorts
const views: Record<string, Link<object>> = Object.create(null)
Object.assign(globalThis, { views, kernel: { Link, ports } })

export function startLinks(): void {
  void eachMember(ports, 'document', (to) => {
    const link = new Link(ports, 'view', {}, { to })
    views[to] = link
    return keepAsking(link, to, 'app')
  })
}
`

const FILES = {
  'src/contracts/docs.ts': CONTRACT('Docs'),
  'src/contracts/view.ts': CONTRACT('View'),
  'src/contracts/talk.ts': CONTRACT('Talk'),
  'src/renderer/keep-asking.ts': CHECK,
  'src/utility/hub/links.ts': HUB,
  'src/renderer/document/links.ts': DOCUMENT,
  'src/renderer/app/links.ts': APP,
}
