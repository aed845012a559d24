import type { Agents } from './model/agents'
import type { Figures } from './model/figures'
import { inBytes, inCount, perSecond } from './words'

/** Shows what all links have in common, in the head of the page. */
export function showTotals({ figures }: Agents): void {
  const sum = (read: (each: Figures) => number): number =>
    figures.reduce((total, each) => total + read(each), 0)
  write('messages', perSecond(sum(({ messageRate }) => messageRate)))
  write('bytes', `${inBytes(sum(({ byteRate }) => byteRate))}/s`)
  write('streams', inCount(sum(({ streams }) => streams)))
  write('failures', inCount(sum(({ failures }) => failures)))
}

function write(id: string, text: string): void {
  const element = document.querySelector(`#${id}`)
  if (element && element.textContent !== text) element.textContent = text
}
