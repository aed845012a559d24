import type { Page } from 'playwright-core'

/** As in `ports/channel/protocol.ts`: this argument is an AbortSignal. */
export const SIGNAL = 0

/** What came back for one question: its last message, without the id. */
export type RawAnswer = unknown[]

/**
 * Says something to the other end of the first port that `ask` kept in a page, as the kernel would or
 * as it never would, and waits for the answer.
 *
 * @param fields  A question as in `ports/channel/protocol.ts`, without its id: `['call', 'list', '']`.
 * @param ties  Its arguments that cannot be cloned, by their place: `{ 1: SIGNAL }`.
 * @returns such as `['result', value]` or `['error', data]`; `['nothing']` after two seconds.
 */
export function askRaw(
  page: Page,
  [kind, method, ...args]: unknown[],
  ties?: Record<number, number>,
): Promise<RawAnswer> {
  return page.evaluate(
    ({ question, tied }) =>
      new Promise<RawAnswer>((resolve) => {
        const [port] = Reflect.get(window, 'rawPorts') as MessagePort[]
        const id = 1 + Math.floor(Math.random() * 1e9)
        const [kindOf, methodOf, ...rest] = question
        const message = [kindOf, id, methodOf, tied, ...rest]
        port!.addEventListener('message', ({ data }: MessageEvent<unknown[]>) => {
          for (let at = 0; at < data.length; at += 1 + (data[at] as number)) {
            const [answer, to, ...content] = data.slice(at + 1, at + 1 + (data[at] as number))
            if (to === id) resolve([answer, ...content])
          }
        })
        port!.start()
        port!.postMessage([message.length, ...message])
        setTimeout(() => resolve(['nothing']), 2000)
      }),
    { question: [kind, method, ...args], tied: ties },
  )
}
