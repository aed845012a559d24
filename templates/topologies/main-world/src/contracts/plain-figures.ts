/**
 * What is said on the link `plain-figures`, message by message. There is no kernel at either end: what
 * a message may be is agreed here, and main checks it.
 *
 *   page                            main
 *    ├─ { every: 500 } ──────────────▶│   the first one is answered at once,
 *    │◀──────────── { at, processes } ┤   a later one changes the pace
 *    │◀──────────── { at, processes } ┤   … until either end closes the port
 */
import type { Figure } from './figures'

/** From the page: how often it wants figures, in milliseconds. Limits are those of `figures.ts`. */
export interface Wish {
  every: number
}

/** From main. */
export type Answer = Figure
