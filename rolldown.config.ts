import { defineConfig } from 'rolldown'
import { licensePlugin, type LicenseInfo } from 'rolldown-license-plugin'

export default defineConfig({
  input: 'src/index.ts',
  platform: 'node',
  // The main file of prompts carries a second copy of itself for Node 6.
  resolve: { alias: { prompts: 'prompts/lib/index.js' } },
  output: {
    dir: 'dist',
    cleanDir: true,
    // One file, although prompts is loaded only when there is something to ask.
    codeSplitting: false,
    // It is read at the start of every run.
    minify: true,
  },
  plugins: [
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
