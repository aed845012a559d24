// Renders a project with every topology to .rendered/all, for the type checker to read.
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'

const root = new URL('..', import.meta.url)
const topologies = readdirSync(new URL('templates/topologies', root)).join(',')

rmSync(new URL('.rendered', root), { recursive: true, force: true })
execFileSync(
  process.execPath,
  ['bin/create-electron-ports.cjs', '.rendered/all', '--topology', topologies],
  { cwd: root, stdio: 'inherit' },
)
