import { type Plugin, type PluginContext, defineConfig } from 'rolldown'
import { licensePlugin, type LicenseInfo } from 'rolldown-license-plugin'
import { asText } from './scripts/as-text.ts'
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

/** Of what is bundled, by the name of each package. */
const licenses = new Map<string, string>()

export default defineConfig({
  input: 'src/index.ts',
  platform: 'node',
  output: {
    dir: 'dist',
    cleanDir: true,
    // Node starts CommonJS in less time than modules.
    format: 'cjs',
    entryFileNames: '[name].cjs',
    // One file, although some of it is loaded only when it is needed.
    codeSplitting: false,
    // It is read at the start of every run. Classes keep their names for --debug.
    minify: { mangle: { keepNames: { class: true, function: false } } },
  },
  plugins: [
    withBuiltIn,
    asText(
      {
        // Its main file carries a second copy of itself for Node 6.
        prompts: 'node_modules/prompts/lib/index.js',
        // All that we use of it.
        'fs-extra': 'node_modules/fs-extra/lib/move/index.js',
      },
      { platform: 'node', plugins: [withoutUnused, withEmptyRows, collectLicenses()] },
    ),
    withoutUnused,
    collectLicenses((context) => {
      context.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENSES',
        source: [...licenses.values()].toSorted().join('\n\n'),
      })
    }),
  ],
})

function collectLicenses(done: (context: PluginContext) => void = () => {}): Plugin {
  return licensePlugin({
    failOnUnlicensed: true,
    done(found, context) {
      for (const each of found) licenses.set(each.name, describeLicense(each))
      done(context)
    },
  })
}

function describeLicense({ name, version, license, licenseText }: LicenseInfo): string {
  return `${name} ${version} (${license})\n\n${licenseText.trim()}\n`
}
