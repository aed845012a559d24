// Bundles the bench, and runs it.
import { fileURLToPath } from 'node:url'
import { bundle, dirnames, outputOf } from '../bundle.js'

const output = fileURLToPath(outputOf('ports'))

await bundle(import.meta.url, ['run.ts', 'host.ts', 'worker.ts'], output, {
  platform: 'node',
  plugins: [dirnames],
})
if (process.argv.includes('--electron')) {
  const folder = `${output}electron/`
  for (const file of ['main', 'preload']) {
    await bundle(import.meta.url, [`electron/${file}.ts`], folder, {
      platform: 'node',
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    })
  }
  // The oldest Chromium that the tests know: that of Electron 22.
  await bundle(import.meta.url, ['electron/page.ts'], `${folder}page/`, {
    platform: 'browser',
    transform: { target: 'chrome108' },
  })
}
await import(new URL('run.js', outputOf('ports')).href)
