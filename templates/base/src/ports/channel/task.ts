const { port1, port2 } = new MessageChannel()
const waiting: (() => void)[] = []

port1.addEventListener('message', () => {
  waiting.shift()?.()
  if (waiting.length === 0) (port1 as { unref?(): void }).unref?.()
})
port1.start()
// In Node it would keep the process alive.
;(port1 as { unref?(): void }).unref?.()

/** Calls back in the next task, after all microtasks. A timer would be late, and in a hidden window very late. */
export function inNextTask(run: () => void): void {
  waiting.push(run)
  ;(port1 as { ref?(): void }).ref?.()
  port2.postMessage(undefined)
}
