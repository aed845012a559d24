import type { Place } from './contract'
import type { Log, Row } from './log'

/** A row of the log as it is exported, and given to tests: what was JSON in it is a value again. */
export interface Exported extends Omit<Row, 'args' | 'answer' | 'items' | 'at'> {
  at: string
  args?: unknown
  answer?: unknown
  items?: unknown[]
}

/** Which rows are wanted: all that have each of these. */
export interface Wanted {
  link?: string
  kind?: Row['kind']
  method?: string
  /** The node that asked, and its key where there are many of it. */
  from?: string
  key?: string
  /** The key of who was asked, where that is one of many. */
  to?: string
  state?: Row['state']
}

export function exportRows(log: Log, wanted: Wanted = {}): Exported[] {
  return [...log].filter((row) => isWanted(row, wanted)).map(exportRow)
}

export function exportRow({ args, answer, items, at, ...row }: Row): Exported {
  return {
    ...row,
    at: new Date(at).toISOString(),
    ...(args !== '' && { args: JSON.parse(args) }),
    ...(answer !== '' && { answer: JSON.parse(answer) }),
    ...(row.kind === 'stream' && { items: items.map((item) => item && JSON.parse(item)) }),
  }
}

function isWanted(row: Row, { from, key, ...wanted }: Wanted): boolean {
  const names = Object.entries(wanted) as [keyof Row, unknown][]
  return names.every(([name, value]) => row[name] === value) && isOf(row.from, { from, key })
}

function isOf({ node, key }: Place, wanted: Pick<Wanted, 'from' | 'key'>): boolean {
  return (wanted.from ?? node) === node && (wanted.key ?? key) === key
}
