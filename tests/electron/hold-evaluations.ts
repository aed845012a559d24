import type { ElectronApplication } from 'playwright-core'

/** What can be asked to run a function in main: the app, or a handle of something there. */
type Evaluates = { evaluate: (run: never, argument?: never) => Promise<unknown> }

type Ask = (
  run: typeof runOnce,
  order: { ticket: number; source: string; argument: unknown; done: number[] },
) => Promise<unknown>

let lastTicket = 0

/**
 * Makes `evaluate` of an app, and of the handles of its windows, safe while main is busy.
 *
 * The inspector interrupts what runs in main, and holds the promise of an answer weakly. So a function
 * can run in the midst of another, as of one that loads `fetch`; and where garbage is collected before
 * main is idle, Playwright says "Resulting promise was garbage collected", though the function ran.
 * https://github.com/microsoft/playwright/issues/33737
 *
 * Here each function waits for its turn, main keeps what comes of it, and is asked for that once more.
 */
export function holdEvaluations(app: ElectronApplication): ElectronApplication {
  holdEvaluationsOf(app)
  const browserWindow = app.browserWindow.bind(app)
  app.browserWindow = async (page) => {
    const window = await untilAnswered(() => browserWindow(page))
    holdEvaluationsOf(window)
    return window
  }
  return app
}

function holdEvaluationsOf(target: Evaluates): void {
  const ask = target.evaluate.bind(target) as unknown as Ask
  let done: number[] = []
  const evaluate = async (run: unknown, argument: unknown): Promise<unknown> => {
    const order = { ticket: ++lastTicket, source: String(run), argument, done }
    done = []
    try {
      return await untilAnswered(() => ask(runOnce, order))
    } finally {
      done.push(order.ticket)
    }
  }
  Object.assign(target, { evaluate })
}

async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!String(error).includes('Resulting promise was garbage collected')) throw error
    }
  }
}

/** In main: runs the function the first time that its ticket is shown, and gives what comes of it. */
function runOnce(target: unknown, { ticket, source, argument, done }: Parameters<Ask>[1]): unknown {
  const kept = ((globalThis as { keptAnswers?: Map<number, unknown> }).keptAnswers ??= new Map())
  for (const old of done) kept.delete(old)
  if (!kept.has(ticket)) {
    // oxlint-disable-next-line no-eval -- as Playwright itself does
    const run = (0, eval)(`(${source})`)
    const inTurn = new Promise((resolve) => void setImmediate(resolve))
    kept.set(
      ticket,
      inTurn.then(() => run(target, argument)),
    )
  }
  return kept.get(ticket)
}
