import type { Catalogue } from './catalogue.ts'
import { VANILLA } from './uis.ts'

/** The names of some parts, in their order. */
export function namesOf(parts: { name: string }[]): string[] {
  return parts.map(({ name }) => name)
}

/** What `--ui` may be: no framework, or one of these. */
export function namesOfUis({ uis }: Catalogue): string[] {
  return [VANILLA, ...namesOf(uis)]
}
