/** Missing in an AudioWorklet, which makes do with its next microtasks. In Node it alone would keep the process alive. */
const channel = 'MessageChannel' in globalThis ? new MessageChannel() : undefined
const waiting: (() => void)[] = []

const { ref, unref } = (channel?.port1 ?? {}) as { ref?(): void; unref?(): void }

channel?.port1.addEventListener('message', runNext)
channel?.port1.start()
unref?.call(channel?.port1)

/** Calls back in the next task, after all microtasks. A timer would be late, and in a hidden window very late. */
export function inNextTask(run: () => void): void {
  waiting.push(run)
  ref?.call(channel?.port1)
  if (channel) channel.port2.postMessage(undefined)
  else void Promise.resolve().then(runNext)
}

function runNext(): void {
  waiting.shift()?.()
  if (waiting.length === 0) unref?.call(channel?.port1)
}
