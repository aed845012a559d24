import { checkFeature } from './check-feature.ts'
import { type Description, readDescriptions } from './descriptions.ts'

/** What a project has beside its nodes and links, and may be without. */
export interface Feature extends Description {
  /** One word: `--no-<name>` leaves it out. */
  name: string
  title: string
  summary: string
  /** What the flag that leaves it out says: "no installers". */
  without: string
}

/** Reads every feature under `templates`, sorted by name. Throws an Error that names the first that is wrong. */
export function readFeatures(templates: string): Feature[] {
  return readDescriptions(`${templates}/features`, 'feature.json', checkFeature)
}
