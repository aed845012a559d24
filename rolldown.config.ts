import { fileURLToPath } from 'node:url'
import { type Plugin, defineConfig } from 'rolldown'
import { licensePlugin, type LicenseInfo } from 'rolldown-license-plugin'
import * as builtIn from './src/catalogue/built-in.ts'

/** What libraries load in every run, or carry, and nothing here makes use of: a twentieth of the time of a run. */
const UNUSED = [
  // For subcommands that are programs of their own.
  { module: /^node:child_process$/, importer: /[\\/]commander[\\/]/ },
  // For kinds of questions that are not asked.
  {
    module: /^\.\/(autocomplete|autocompleteMultiselect|date|number|toggle)$/,
    importer: /[\\/]prompts[\\/]lib[\\/]elements[\\/]/,
  },
]

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId(source, from = '') {
    const isUnused = UNUSED.some(
      ({ module, importer }) => module.test(source) && importer.test(from),
    )
    return isUnused ? '\0nothing' : undefined
  },
  load(id) {
    return id === '\0nothing' ? 'export {}' : undefined
  },
}

/**
 * In prompts an empty row of an error takes up no room, so that whatever is typed after an error of
 * several rows is drawn over the rows above it.
 */
const withEmptyRows: Plugin = {
  name: 'with-empty-rows',
  transform(code, id) {
    if (!/[\\/]prompts[\\/]lib[\\/]util[\\/]lines\.js$/.test(id)) return undefined
    const counted = code.replace('Math.ceil(l.length / perLine)', 'Math.max(1, $&)')
    return counted === code ? this.error('prompts counts rows in another way by now.') : counted
  },
}

/** What is known of the templates before one is read is in the bundle, as data. */
const withBuiltIn: Plugin = {
  name: 'with-built-in',
  load(id) {
    if (!/[\\/]src[\\/]catalogue[\\/]built-in\.ts$/.test(id)) return undefined
    // V8 reads JSON in less time than code.
    return Object.entries(builtIn)
      .map(([name, value]) => [name, JSON.stringify(JSON.stringify(value))])
      .map(([name, json]) => `export const ${name} = JSON.parse(${json})`)
      .join('\n')
  },
}

export default defineConfig({
  input: 'src/index.ts',
  platform: 'node',
  resolve: {
    alias: {
      // Its main file carries a second copy of itself for Node 6.
      prompts: 'prompts/lib/index.js',
      // All that we use of it.
      'fs-extra/esm': fileURLToPath(
        new URL('node_modules/fs-extra/lib/move/index.js', import.meta.url),
      ),
    },
  },
  output: {
    dir: 'dist',
    cleanDir: true,
    // Node starts CommonJS in less time than modules.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    // One file, although prompts is loaded only when there is something to ask.
    codeSplitting: false,
    // It is read at the start of every run. Classes keep their names for --debug.
    minify: { mangle: { keepNames: { class: true, function: false } } },
  },
  plugins: [
    withBuiltIn,
    withoutUnused,
    withEmptyRows,
    licensePlugin({
      failOnUnlicensed: true,
      done(licenses, context) {
        context.emitFile({
          type: 'asset',
          fileName: 'THIRD-PARTY-LICENSES',
          source: licenses.map(describeLicense).join('\n\n'),
        })
      },
    }),
  ],
})

function describeLicense({ name, version, license, licenseText }: LicenseInfo): string {
  return `${name} ${version} (${license})\n\n${licenseText.trim()}\n`
}
