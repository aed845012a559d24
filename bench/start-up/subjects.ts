import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** An app that is made, built and packed as its own scaffolder says. */
export interface Subject {
  name: string
  /** Whether its first window shows a link that connects. */
  hasLink: boolean
  /** Makes it in an empty folder: the packed binary is `my-app/dist/linux-unpacked/my-app`. */
  make(folder: string, electronDist: string): void
}

const repository = process.cwd()

export const subjects: Subject[] = [
  {
    name: 'create-electron',
    hasLink: false,
    make(folder, electronDist) {
      const project = join(folder, 'my-app')
      const flags = ['my-app', '--template', 'vanilla-ts', '--skip']
      const source = '--package=@quick-start/create-electron@1.0.30'
      run(folder, 'npm', ['exec', '--yes', source, '--', 'create-electron', ...flags])
      install(project)
      run(project, 'npx', ['electron-vite', 'build'])
      const dist = `--config.electronDist=${electronDist}`
      run(project, 'npx', ['electron-builder', '--dir', '--publish', 'never', dist])
    },
  },
  ours('worker-window', ['worker-window']),
  ours('all topologies', readdirSync(join(repository, 'templates/topologies'))),
]

function ours(name: string, topologies: string[]): Subject {
  return {
    name,
    hasLink: true,
    make(folder) {
      const project = join(folder, 'my-app')
      const command = join(repository, 'bin/create-electron-ports.cjs')
      run(folder, process.execPath, [command, 'my-app', '--topology', topologies.join(',')])
      install(project)
      run(project, 'npm', ['run', 'package', '--', '--dir'])
    },
  }
}

function install(project: string): void {
  run(project, 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'])
}

function run(cwd: string, program: string, args: string[]): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
