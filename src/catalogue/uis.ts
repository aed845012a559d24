import { checkUi } from './check-ui.ts'
import { type Description, readDescriptions } from './descriptions.ts'

/** A framework in which the pages of a project are made. */
export interface Ui extends Description {
  /** `--ui <name>` chooses it. */
  name: string
  title: string
  plugin: VitePlugin
  /** What unit tests need of Vite beside that. */
  testPlugin?: VitePlugin
  /** How TypeScript reads its files, beside `.ts`. */
  compilerOptions: Record<string, string>
  /** Its own rules of oxlint, beside those of every project. */
  lint?: { plugins: string[]; rules: Record<string, 'off' | 'error'> }
  /** Of Prettier, for its files. */
  formatPlugins: string[]
}

/** How a plugin of Vite is imported and called, as code. */
interface VitePlugin {
  import: string
  call: string
}

/** Stands for no framework: the pages are plain TypeScript. */
export const VANILLA = 'vanilla'

/** Reads every framework under `templates`, sorted by name. Throws an Error that names the first that is wrong. */
export function readUis(templates: string): Ui[] {
  return readDescriptions(`${templates}/ui`, 'ui.json', checkUi)
}
