/**
 * Work that the app is not to end before.
 *
 *   quit ─▶ is anything held? ─ no ──────────────────────────────▶ the app ends
 *                └─ yes ─▶ it is done, within LIMIT_MS ──────────────▲
 *                           ├─ the user is asked, and will not wait ─┘
 *                           └─ the user, or what is held, says no ──▶ the app goes on
 */
import { app, dialog } from 'electron'

/** How long the work may take unseen, in milliseconds, until the user is asked. */
const PATIENCE_MS = 1000

/** How long it may take at all, in milliseconds: nobody may be there to be asked. */
const LIMIT_MS = 30_000

type Work = Promise<unknown> | (() => unknown)

interface Hold {
  readonly what: string
  readonly work: Work
}

/** Whether the app ends after all, or goes on. */
type Outcome = 'end' | 'go on'

const holds = new Set<Hold>()
let isAsking = false
let isReleased = false

/**
 * Has the app end only when `work` is done: a promise of what is under way, which is forgotten when it settles; or a function
 * that is called whenever the app is about to end, to save what is left. One that gives `false`, or a promise of it, has the
 * app go on. What fails is logged, and holds nothing up.
 *
 * @param what  It, in a word or two for the user: "Saving the picture".
 * @returns how to take that back.
 */
export function holdQuit(what: string, work: Work): () => void {
  const hold = { what, work }
  const forget = (): void => void holds.delete(hold)
  holds.add(hold)
  if (typeof work !== 'function') work.then(forget, forget)
  return forget
}

/**
 * Listens for the app's end.
 *
 * @param show  Shows an app that goes on: its last window may have been closed.
 */
export function keepHolds(show: () => void): void {
  app.on('before-quit', (event) => {
    if (isReleased || holds.size === 0) return
    event.preventDefault()
    if (!isAsking) void finish(show)
  })
}

async function finish(show: () => void): Promise<void> {
  isAsking = true
  const done = new AbortController()
  const outcome = await Promise.race([doAll(), ask(done.signal), giveUp(done.signal)])
  done.abort()
  isAsking = false
  if (outcome === 'go on') return show()
  isReleased = true
  app.quit()
  isReleased = false // a window may still refuse
}

/** Does all that is held, with what comes to it meanwhile. */
async function doAll(): Promise<Outcome> {
  const begun = new Set<Hold>()
  for (;;) {
    const next = [...holds].filter((hold) => !begun.has(hold))
    if (next.length === 0) return 'end'
    for (const hold of next) begun.add(hold)
    const results = await Promise.all(next.map(run))
    if (results.includes(false)) return 'go on'
  }
}

async function run({ what, work }: Hold): Promise<unknown> {
  try {
    return await (typeof work === 'function' ? work() : work)
  } catch (error) {
    console.error(`${what} failed before the end of the app:`, error)
    return undefined
  }
}

async function ask(signal: AbortSignal): Promise<Outcome> {
  await pause(PATIENCE_MS, signal)
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: `${app.name} is still busy`,
    detail: `${names()}. It ends when that is done.`,
    buttons: ['End at Once', 'Do Not End'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    signal,
  })
  return response === 0 ? 'end' : 'go on'
}

async function giveUp(signal: AbortSignal): Promise<Outcome> {
  await pause(LIMIT_MS, signal)
  console.error(`The app ended before it was done: ${names()}.`)
  return 'end'
}

function names(): string {
  return [...holds].map(({ what }) => what).join(', ')
}

/** For ever, once it is aborted: nobody waits for it then. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
