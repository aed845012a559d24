import { Allowance } from './allowance'

/** How many lines about one node are logged at once, and how many more every second. */
const ALLOWANCE = { burst: 100, perSecond: 0.1 }

/** Of how many lines it is known that they were logged. */
const MAX_KNOWN = 1000

/** What main says of those who ask: each thing once, and never a flood of it, whatever a page does. */
export class Log {
  readonly #known = new Set<string>()
  readonly #allowances = new Map<string, Allowance>()

  /**
   * @param line  Printable.
   * @param node  About whom it is: each has an allowance of its own.
   */
  once(line: string, node = ''): void {
    if (this.#known.has(line) || !this.#allowanceOf(node).spend()) return
    const [oldest = ''] = this.#known
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(oldest)
    this.#known.add(line)
    console.warn(line)
  }

  #allowanceOf(node: string): Allowance {
    const allowance = this.#allowances.get(node) ?? new Allowance(ALLOWANCE)
    this.#allowances.set(node, allowance)
    return allowance
  }
}
