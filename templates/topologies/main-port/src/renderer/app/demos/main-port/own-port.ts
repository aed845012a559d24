import type { Answer, Knock } from '../../../../contracts/files'

/** What came of knocking. */
export interface Knocked {
  answers: number
  /** How many ports like this main holds, this one included. */
  hearers: number
  /** In milliseconds, until the last answer. */
  took: number
}

/**
 * The other way to a port, without the broker: the page makes the channel, posts into it at once, and
 * sends the other end to main. What it posted waits there until main starts the port.
 *
 * @throws when main closes the port instead.
 */
export function knock(times: number): Promise<Knocked> {
  const { port1, port2 } = new MessageChannel()
  const start = performance.now()
  return new Promise((resolve, reject) => {
    let answers = 0
    port1.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      answers += 1
      if (answers < times) return
      resolve({ answers, hearers: data.hearers, took: performance.now() - start })
      port1.close()
    })
    port1.addEventListener('close', () => reject(new Error('Main takes no more ports.')))
    port1.start()
    for (let index = 0; index < times; index++) port1.postMessage({ sentAt: index } satisfies Knock)
    // Picked up by `src/preload/main-port.ts`.
    window.postMessage('own-port', window.location.origin, [port2])
  })
}
