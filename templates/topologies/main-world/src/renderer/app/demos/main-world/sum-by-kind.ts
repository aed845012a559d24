import type { ProcessFigure } from '../../../../contracts/figures'

interface Sum {
  kind: string
  count: number
  /** In bytes. */
  memory: number
  /** In percent of a processor. */
  cpu: number
}

const NAMES: Record<string, string> = { Browser: 'Main process', Tab: 'Page', GPU: 'Graphics' }

/** The processes of each kind together. */
export function sumByKind(processes: ProcessFigure[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const { kind, memory, cpu } of processes) {
    const name = NAMES[kind] ?? kind
    const sum = sums.get(name) ?? { kind: name, count: 0, memory: 0, cpu: 0 }
    sums.set(name, {
      kind: name,
      count: sum.count + 1,
      memory: sum.memory + memory,
      cpu: sum.cpu + cpu,
    })
  }
  return [...sums.values()]
}
