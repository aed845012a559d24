import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { askPage } from './ask-page.ts'
import { cpuTimeOf } from './cpu-time.ts'

/** In milliseconds after the start of the process. */
export interface StartUp {
  paint: number
  /** When the page of the first window said that a link was connected. */
  link: number | undefined
  /** What all processes of the app had of the processors by then: it is the same on a busy machine. */
  cpu: number
}

/** What a page answers by when it is painted and, if it is to have one, a link of it connected. It does not poll. */
const TIMES = (hasLink: boolean): string => `new Promise((resolve) => {
  const timeOf = (now) => performance.timeOrigin + now
  let link
  const look = () => {
    if (document.querySelector('.link[data-state="connected"]')) link ??= timeOf(performance.now())
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    if (paint && (link || !${hasLink})) resolve({ paint: timeOf(paint.startTime), link })
  }
  new PerformanceObserver(look).observe({ type: 'paint', buffered: true })
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'],
  })
  look()
})`

/** For how long an app may be without a paint or a link, in milliseconds, until the bench gives up. */
const PATIENCE_MS = 60_000

/** Starts a packed app once, with a new profile, and ends it. */
export async function measureStart(program: string, hasLink: boolean): Promise<StartUp> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-start-up-'))
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`]
  const start = Date.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const session = child.pid as number
  try {
    const pipes = { input: child.stdio[3] as Writable, output: child.stdio[4] as Readable }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const { paint, link } = await askPage<Times>(pipes, isFirstPage, TIMES(hasLink), signal)
    return { paint: paint - start, link: link && link - start, cpu: cpuTimeOf(session) }
  } finally {
    process.kill(-session, 'SIGKILL')
    await once(child, 'exit')
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

interface Times {
  paint: number
  link: number | undefined
}

function isFirstPage(url: string): boolean {
  return /\/(app|renderer)\/index\.html/.test(url)
}
