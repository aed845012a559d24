import { CancelledError } from './errors.ts'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `work` with a signal that aborts with a CancelledError when this process is told to stop. */
export async function cancelOnSignal<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const cancel = () => controller.abort(new CancelledError())
  for (const name of STOP_SIGNALS) process.on(name, cancel)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of STOP_SIGNALS) process.off(name, cancel)
  }
}

/** Gives signals that came in the midst of synchronous work a chance to be seen. */
export async function noticeSignals(): Promise<void> {
  // The first turn may belong to a round of the event loop that has looked for signals already.
  await nextTurn()
  await nextTurn()
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
