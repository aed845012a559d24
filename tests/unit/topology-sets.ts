/**
 * Each topology alone, each pair, and all: two that do not go together do not in any set. Every set would be twice as many
 * with each new topology.
 */
export function setsOf(names: string[]): string[][] {
  return [
    ...names.map((name) => [name]),
    ...names.flatMap((name, index) => names.slice(index + 1).map((other) => [name, other])),
    names,
  ]
}
