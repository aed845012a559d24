interface Port {
  addEventListener(type: 'message', listener: () => void): void
  postMessage(message: undefined): void
  start(): void
  /** In Node, where it alone would keep the process alive. */
  ref?(): void
  unref?(): void
}

/** Missing in an AudioWorklet, which makes do with its next microtasks. */
const { port1, port2 }: { port1?: Port; port2?: Port } =
  'MessageChannel' in globalThis ? new MessageChannel() : {}
const waiting: (() => void)[] = []

port1?.addEventListener('message', runNext)
port1?.start()
port1?.unref?.()

/** Calls back in the next task, after all microtasks. A timer would be late, and in a hidden window very late. */
export function inNextTask(run: () => void): void {
  waiting.push(run)
  port1?.ref?.()
  if (port2) port2.postMessage(undefined)
  else void Promise.resolve().then(runNext)
}

function runNext(): void {
  waiting.shift()?.()
  if (waiting.length === 0) port1?.unref?.()
}
