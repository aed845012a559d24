import type { Harm } from '../../live/contract'
import type { Peer } from '../../ports/handoff/handoff'
import { nameOf } from '../../ports/handoff/member'
import type { Pages } from '../../ports/handoff/pages'
import { listProcesses, noteStopped, pageOf } from './processes'

const BLOCK_MS = 2000

const SIGNALS = { kill: 'SIGKILL', stop: 'SIGSTOP', continue: 'SIGCONT' } as const

/**
 * Does something bad to a process, on purpose.
 *
 * @throws when there is no such process, or it cannot be done to it.
 */
export function harm(whom: Peer, how: Harm, pages: Pages): void {
  if (how === 'block') return block()
  if (how === 'reload' || how === 'crash') {
    const page = pageOf(whom, pages)
    if (!page) throw new Error(`${nameOf(whom)} has no page.`)
    if (how === 'reload') page.reload()
    else page.forcefullyCrashRenderer()
    return
  }
  signal(whom, how, pages)
}

function signal({ node, key }: Peer, how: keyof typeof SIGNALS, pages: Pages): void {
  const found = listProcesses(pages).find((each) => each.node === node && each.key === key)
  const pid = found?.pid ?? 0
  if (pid === 0 || pid === process.pid) {
    throw new Error(`${nameOf({ node, key })} has no process of its own at the moment.`)
  }
  if (how !== 'kill' && process.platform === 'win32') {
    throw new Error('Windows cannot stop a process: kill it, or block main.')
  }
  process.kill(pid, SIGNALS[how])
  noteStopped(pid, how === 'stop')
}

/** Later than the answer. */
function block(): void {
  setTimeout(() => {
    const end = Date.now() + BLOCK_MS
    while (Date.now() < end);
  }, 20)
}
