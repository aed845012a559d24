import { closest, distance } from 'fastest-levenshtein'

/** The known name that `word` is most likely a slip of, if one is near enough to be worth saying. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const nearest = closest(word, known)
  const isNearEnough = distance(word, nearest) <= Math.max(word.length, nearest.length) * 0.4
  return isNearEnough ? nearest : undefined
}

/** What to say of a word that is not among the known ones. */
export function describeUnknown(what: string, word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known)
  const hint = nearest ? ` Did you mean "${nearest}"?` : ''
  return `${what} "${word}" is unknown.${hint} Known: ${known.join(', ')}.`
}
