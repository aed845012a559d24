import { existsSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { MainConfigFactory, type MainViteConfig, mergeConfig } from 'electron-vite'
import { type InlineConfig, type Plugin, build } from 'vite'
import { sourceMapped } from './source-mapped'

const root = join(__dirname, '..')

/** As main's. */
const watch = { exclude: ['**/node_modules/**'] }

/**
 * Builds each file of src/utility beside main, into out/utility/<node>. While `npm run dev` runs each is built again
 * by itself: after an edit that process is started anew (src/main/utilities.ts), and not the whole app.
 *
 * @param shared  What holds for all processes of Node.
 */
export function utilityProcesses(shared: MainViteConfig): Plugin {
  const watched = new Set<string>()
  return {
    name: 'utility-processes',
    apply: 'build',
    // Before the app is started with a new main: both may be made of what was edited.
    async writeBundle() {
      for (const node of findUtilities()) {
        const config = await configOf(node, shared)
        await build(config)
        if (!this.meta.watchMode || watched.has(node)) continue
        watched.add(node)
        await build(mergeConfig(config, { build: { watch } }))
      }
    },
  }
}

function findUtilities(): string[] {
  const folder = join(root, 'src/utility')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.filter((name) => name.endsWith('.ts')).map((name) => parse(name).name)
}

/** As electron-vite would build main. */
function configOf(node: string, shared: MainViteConfig): Promise<InlineConfig> {
  const input = { index: sourceMapped(join(root, `src/utility/${node}.ts`)) }
  const outDir = join(root, `out/utility/${node}`)
  const own = { build: { outDir, rolldownOptions: { input } }, logLevel: 'warn' } as const
  const factory = new MainConfigFactory(mergeConfig(shared, own), { configFile: false }, { root })
  return factory.build()
}
