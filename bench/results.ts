/** What all subjects made of a case. */
export interface Result {
  name: string
  unit: string
  isLessBetter: boolean
  note: string | undefined
  scores: Score[]
}

export interface Score {
  subject: string
  /** Whether the case is one for it at all. */
  isConcerned: boolean
  /** A value of each round, in which all subjects took their turn. None where it cannot do the case. */
  rounds: number[]
}

export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5)
}

/** The value below which that part of all values lies. */
export function quantileOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(part * (sorted.length - 1))] ?? NaN
}

/** NaN where the subject cannot do the case. */
export function valueIn(result: Result | undefined, subject: string): number {
  return medianOf(roundsOf(result, subject))
}

/**
 * What the one makes of a case to what the other makes of it: the median of the rounds' ratios, not
 * the ratio of the medians, for the moods of a machine are longer than a round.
 */
export function ratioIn(result: Result | undefined, one: string, other: string): number {
  const others = roundsOf(result, other)
  return medianOf(roundsOf(result, one).map((value, round) => value / (others[round] ?? NaN)))
}

/** A row for every value that there is, for other tools. */
export function listRows(results: readonly Result[]): object[] {
  return results.flatMap(({ name, unit, scores }) =>
    scores
      .filter(({ rounds }) => rounds.length > 0)
      .map(({ subject, rounds }) => ({ case: name, subject, value: medianOf(rounds), unit })),
  )
}

function roundsOf(result: Result | undefined, subject: string): number[] {
  return result?.scores.find((score) => score.subject === subject)?.rounds ?? []
}
