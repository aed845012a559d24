import { PACE } from '../../contracts/figures'

/** The pause in milliseconds that a page gets for the one it wants; undefined when that is no number. */
export function paceFor(wanted: unknown): number | undefined {
  if (typeof wanted !== 'number' || Number.isNaN(wanted)) return undefined
  return Math.min(Math.max(wanted, PACE.least), PACE.most)
}
