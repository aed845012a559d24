/**
 * Runs utility processes.
 *
 *   fork ──▶ spawn ──▶ exit ──▶ a pause, longer each time ──▶ fork ──▶ …
 *                        └────▶ down, after too many in a row, until start()
 */
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Details, type UtilityProcess, app, utilityProcess } from 'electron'
import type { Broker } from '../ports/handoff/broker'
import { admitUtility } from '../ports/handoff/utilities'
import { printable } from '../ports/printable'
import type { NameOf } from '../topology'
import { Backoff } from './backoff'
import type { Ending } from './ending'
import { inspectArgs } from './inspect'
import { whenRebuilt } from './rebuilt'
import { UNCAUGHT } from './uncaught'

/** A death is told by two events, in either order and up to so many milliseconds apart. */
const VERDICT_MS = 50

/** The longest line of a utility process that is logged, in characters. */
const MAX_LINE = 2000

/** How the latest process of each name ended, as Electron says it: one listener for all, however many there are. */
const reasons = new Map<string, Details['reason']>()
app.on('child-process-gone', (_event, { type, name, reason }) => {
  if (type === 'Utility' && name !== undefined) reasons.set(name, reason)
})

const running = new Set<Utility>()
app.once('will-quit', () => {
  for (const utility of running) utility.retire()
})

/** Is told what happens to a utility process. */
export interface Watcher {
  started(pid: number): void
  printed(line: string, isError: boolean): void
  /** @param restartIn  In milliseconds; undefined when it stays down. */
  ended(ending: Ending, restartIn: number | undefined): void
}

/** The utility process of a node, `src/utility/<node>.ts`, which is started again when it ends. */
export class Utility {
  readonly #broker: Broker
  readonly #node: NameOf<'utility-process'>
  /** Which one it is, where there are many of the node. */
  readonly #key: string | undefined
  readonly #name: string
  readonly #watcher: Partial<Watcher>
  /** Where electron.vite.config.ts puts its code. */
  readonly #folder: string
  readonly #backoff = new Backoff()
  #child: UtilityProcess | undefined
  #dismiss: (() => void) | undefined
  #hasSpawned = false
  #wasStopped = false
  #restart: NodeJS.Timeout | undefined
  readonly #stopWatching: () => void
  #isRetired = false

  /**
   * @param key  Which one it is, where there are many of the node: a string of 1 to 100 characters.
   * @throws TypeError when it has none there, or one where there is one of the node.
   */
  constructor(
    broker: Broker,
    node: NameOf<'utility-process'>,
    watcher: Partial<Watcher> = {},
    key?: string,
  ) {
    broker.check({ node, key })
    this.#broker = broker
    this.#node = node
    this.#key = key
    this.#name = key === undefined ? node : `${node} ${printable(key)}`
    this.#watcher = watcher
    this.#folder = join(__dirname, '../utility', node)
    this.#stopWatching = whenRebuilt(this.#folder, () => this.#replace())
    running.add(this)
  }

  /** Starts it, if it does not run. Its deaths are forgotten. */
  start(): void {
    this.#backoff.reset()
    this.#broker.expect(this.#node, this.#key)
    if (!this.#child) this.#fork()
  }

  /** Kills it; it is started again like after any other end. */
  kill(): void {
    if (!this.#child) return
    this.#wasStopped = true
    this.#dismiss?.()
    if (this.#hasSpawned) this.#child.kill() // one that comes earlier is lost: see 'spawn' below
  }

  /** Ends it for good, such as one of many that is no longer needed. */
  stop(): void {
    this.retire()
    this.kill()
  }

  /** It is not started again, whatever ends it. */
  retire(): void {
    this.#isRetired = true
    clearTimeout(this.#restart)
    this.#stopWatching()
    running.delete(this)
  }

  /** Its code is another by now, and its deaths were those of the old one. */
  #replace(): void {
    console.log(`The utility process "${this.#name}" was built again.`)
    this.start()
    this.kill()
  }

  #fork(): void {
    clearTimeout(this.#restart)
    if (this.#isRetired) return
    const file = join(this.#folder, 'index.cjs')
    const child = utilityProcess.fork(file, [], {
      serviceName: this.#name,
      stdio: 'pipe',
      execArgv: inspectArgs(this.#node, this.#key),
    })
    this.#child = child
    this.#hasSpawned = false
    this.#wasStopped = false
    this.#dismiss = admitUtility(this.#broker, this.#node, child, this.#key)
    this.#log(child.stdout, false)
    this.#log(child.stderr, true)
    child.once('spawn', () => {
      this.#hasSpawned = true
      this.#watcher.started?.(child.pid ?? 0)
      if (this.#wasStopped) child.kill()
    })
    // Of V8, such as a native module that misuses it. The exit follows; unheard, it would be an error of main.
    child.on('error', (type, location) => {
      console.error(
        `The utility process "${this.#name}" has a fatal error: ${type}, at ${location}.`,
      )
    })
    this.#awaitEnd(child)
  }

  #awaitEnd(child: UtilityProcess): void {
    reasons.delete(this.#name)
    child.once('exit', (code) => {
      setTimeout(() => {
        this.#end(this.#wasStopped ? 'stopped' : howItEnded(code, reasons.get(this.#name)), code)
        reasons.delete(this.#name)
      }, VERDICT_MS)
    })
  }

  #end(how: Ending['how'], code: number): void {
    this.#child = undefined
    if (this.#isRetired) return
    const pause = this.#backoff.next()
    if (pause !== undefined) this.#restart = setTimeout(() => this.#fork(), pause)
    else this.#broker.giveUp(this.#node, () => this.start(), this.#key)
    const next = pause === undefined ? 'stays down' : `starts again in ${pause} ms`
    console.error(`The utility process "${this.#name}" ${how} (code ${code}) and ${next}.`)
    this.#watcher.ended?.({ how, code }, pause)
  }

  /** What it prints goes to the log, line by line, after its name: it may be what a page has said. */
  #log(input: NodeJS.ReadableStream | null, isError: boolean): void {
    if (!input) return
    // At the exit Electron takes all listeners off, while the last lines may still be on their way
    // (lib/browser/api/utility-process.ts): these are the ones that say what was wrong.
    input.removeAllListeners = () => input
    createInterface({ input }).on('line', (printed) => {
      const line = printable(printed, MAX_LINE)
      if (isError) console.error(`[${this.#name}] ${line}`)
      else console.log(`[${this.#name}] ${line}`)
      this.#watcher.printed?.(line, isError)
    })
  }
}

/** Electron knows a crash better than the exit code does, and says nothing of most others. */
function howItEnded(code: number, reason: Details['reason'] = 'clean-exit'): Ending['how'] {
  if (code === UNCAUGHT) return 'threw'
  // Windows has 1 for a kill, and any other code for a crash. Those of true crashes are large.
  const isOwnCode = process.platform === 'win32' && code >= 0 && code <= 0xffff
  if (isOwnCode || reason === 'clean-exit' || reason === 'abnormal-exit') return 'exited'
  return reason === 'killed' ? 'killed' : 'crashed'
}
