import { closest, distance } from 'fastest-levenshtein'

/** The known name that `word` is most likely a slip of, if one is near enough to be worth saying. */
export function findNearest(word: string, known: string[]): string | undefined {
  if (known.length === 0) return undefined
  const nearest = closest(word, known)
  const isNearEnough = distance(word, nearest) <= Math.max(word.length, nearest.length) * 0.4
  return isNearEnough ? nearest : undefined
}
