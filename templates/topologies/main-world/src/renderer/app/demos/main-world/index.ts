/**
 * The same figures by contract: what the plain scripts of `src/renderer/public/main-world` do by hand,
 * the link does here. It asks for its ports, tells an end from an error, and stops main by a signal.
 */
import type { Figure } from '../../../../contracts/figures'
import { Link, type LinkStatus } from '../../../../ports/link'
import { ports } from '../../ports'
import { newStatusLine } from '../../status-line'
import './demo.css'
import { drawHistory } from './history'
import { sumByKind } from './sum-by-kind'

export { default as html } from './demo.html?raw'

/** Starts the demo inside of `root`, which holds its HTML. Gives the link it uses. */
export function start(root: HTMLElement): LinkStatus[] {
  const figures = new Link(ports, 'figures')
  const find = <Kind extends Element>(selector: string) => root.querySelector(selector) as Kind

  const watchButton = find<HTMLButtonElement>('.watch')
  const every = find<HTMLSelectElement>('.every')
  const { say, complain } = newStatusLine(find<HTMLElement>('.status'))

  /** The processors' work so far, in percent. */
  let history: number[] = []
  let watching: AbortController | undefined

  async function watch(): Promise<void> {
    watching?.abort()
    const mine = (watching = new AbortController())
    watchButton.textContent = 'Pause'
    say('Waiting for the first figures…')
    try {
      const pace = Number(every.value)
      for await (const figure of figures.stream.watch(pace, mine.signal)) show(figure)
    } catch (error) {
      if (mine !== watching) return
      pause()
      complain(error)
    }
  }

  function pause(): void {
    watching?.abort()
    watching = undefined
    watchButton.textContent = 'Watch'
  }

  function show({ at, processes }: Figure): void {
    const sums = sumByKind(processes)
    const cpu = sums.reduce((sum, each) => sum + each.cpu, 0)
    history = drawHistory(find<SVGPathElement>('.history path'), [...history, cpu])
    find<HTMLElement>('.now').textContent =
      `${cpu.toFixed(1)} % of a processor · ${processes.length} processes · ${new Date(at).toLocaleTimeString()}`
    find<HTMLElement>('.kinds').replaceChildren(...sums.map(newTile))
    say('Watching.')
  }

  async function showGauge(): Promise<void> {
    try {
      await figures.with({ timeout: 5000 }).call.showGauge()
    } catch (error) {
      complain(error)
    }
  }

  watchButton.addEventListener('click', () => {
    if (!watching) return void watch()
    pause()
    say('Paused: main has stopped to read figures.')
  })
  every.addEventListener('change', () => void watch())
  find('.show-gauge').addEventListener('click', () => void showGauge())
  void watch()
  return [figures]
}

function newTile({ kind, count, memory, cpu }: ReturnType<typeof sumByKind>[number]): HTMLElement {
  const tile = document.createElement('li')
  const parts = {
    kind: count > 1 ? `${kind} × ${count}` : kind,
    memory: `${Math.round(memory / 2 ** 20)} MB`,
    cpu: `${cpu.toFixed(1)} %`,
  }
  for (const [className, text] of Object.entries(parts)) {
    const part = document.createElement('span')
    part.className = className
    part.textContent = text
    tile.append(part)
  }
  return tile
}
