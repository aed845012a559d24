import { Allowance } from './allowance'

/** How many lines about one member are logged at once, and how many more every second. */
const ALLOWANCE = { burst: 100, perSecond: 0.1 }

/** Of how many lines it is known that they were logged, and about how many members. */
const MAX_KNOWN = 1000

/** What main says of those who ask: each thing once, and never a flood of it, whatever a page does. */
export class Log {
  readonly #known = new Set<string>()
  readonly #allowances = new Map<string, Allowance>()

  /**
   * @param line  Printable.
   * @param whom  About whom it is: each has an allowance of its own.
   */
  once(line: string, whom = ''): void {
    if (this.#known.has(line) || !this.#allowanceOf(whom).spend()) return
    makeRoom(this.#known)
    this.#known.add(line)
    console.warn(line)
  }

  #allowanceOf(whom: string): Allowance {
    const allowance = this.#allowances.get(whom) ?? new Allowance(ALLOWANCE)
    // Last, for it is the oldest ones that are forgotten.
    this.#allowances.delete(whom)
    makeRoom(this.#allowances)
    this.#allowances.set(whom, allowance)
    return allowance
  }
}

function makeRoom(known: Set<string> | Map<string, unknown>): void {
  const [oldest = ''] = known.keys()
  if (known.size >= MAX_KNOWN) known.delete(oldest)
}
