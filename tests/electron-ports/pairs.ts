import type { Terms } from '../ports/cases/case.ts'
import type { Part } from '../ports/cases/meet.ts'

/** Where one end of a channel can be. */
export type Place =
  'page' | 'other page' | 'worker' | 'other worker' | 'main' | 'utility' | 'other utility'

/** Who asks, and who serves. */
export interface Pair {
  reader: Place
  library: Place
}

/** Each pair of kinds, in both directions. A worker is that of the other page. */
export const pairs: Pair[] = [
  { reader: 'page', library: 'other page' },
  { reader: 'other page', library: 'page' },
  { reader: 'page', library: 'main' },
  { reader: 'main', library: 'page' },
  { reader: 'page', library: 'utility' },
  { reader: 'utility', library: 'page' },
  { reader: 'main', library: 'utility' },
  { reader: 'utility', library: 'main' },
  { reader: 'utility', library: 'other utility' },
  { reader: 'other utility', library: 'utility' },
  { reader: 'page', library: 'other worker' },
  { reader: 'other worker', library: 'page' },
]

/** Only what is Chromium's moves buffers and ports. */
export function termsOf({ reader, library }: Pair): Terms {
  return { moves: !isProcess(reader) && !isProcess(library), toProcess: isProcess(library) }
}

/** What each end of a pair has to do. */
export function partsOf(pair: Pair, name: string): Record<Part['role'], Part> {
  const terms = termsOf(pair)
  return {
    reader: { role: 'reader', name, terms, toProcess: isProcess(pair.library) },
    library: { role: 'library', name, terms, toProcess: isProcess(pair.reader) },
  }
}

function isProcess(place: Place): boolean {
  return place === 'main' || place.endsWith('utility')
}
