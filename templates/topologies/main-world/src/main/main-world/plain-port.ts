/** Main's end of the link `plain-figures`: a bare port, without the kernel. */
import type { MessagePortMain } from 'electron'
import type { Answer, Wish } from '../../contracts/plain-figures'
import { paceFor } from './pace'
import { readFigure } from './read-figure'

/** How many of these ports are open at once: a page needs one, and may not fill main with timers. */
const MAX_PORTS = 16

const open = new Set<MessagePortMain>()

/** Answers on a port until the page, or whatever ends the page, closes it. */
export function answerOn(port: MessagePortMain): void {
  if (open.size >= MAX_PORTS) return port.close()
  open.add(port)
  let timer: NodeJS.Timeout | undefined
  const send = (): void => port.postMessage(readFigure() satisfies Answer)

  // Listeners first: an event that fired before there was a listener never fires again.
  port.on('message', ({ data }) => {
    const { every } = Object(data) as Partial<Wish>
    const pause = paceFor(every)
    if (pause === undefined) return
    if (!timer) send()
    clearInterval(timer)
    timer = setInterval(send, pause)
  })
  port.once('close', () => {
    clearInterval(timer)
    open.delete(port)
  })
  // What the page posted before has waited for this.
  port.start()
}
