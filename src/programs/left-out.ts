import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PackageManager } from './package-manager.ts'

/**
 * What an install left out that ended well, and why, as half a sentence; undefined when all that the project
 * depends on can be found from there. In a workspace that may be in a folder above.
 */
export function findLeftOut(project: string, packageManager: PackageManager): string | undefined {
  const name = listDependencies(project).find(
    (dependency) => !findUpwards(join('node_modules', dependency), project),
  )
  return name && `left out "${name}": ${explain(project, packageManager)}`
}

function explain(project: string, packageManager: PackageManager): string {
  const workspace =
    packageManager === 'pnpm' && findUpwards('pnpm-workspace.yaml', dirname(project))
  return workspace
    ? `"${workspace}" does not list the project. List it there, or give --ignore-workspace`
    : 'it may be told to leave development dependencies out, by NODE_ENV or a setting of its own'
}

function listDependencies(project: string): string[] {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
}

/** The full path of that in `folder`, or else in the nearest above that has it. */
function findUpwards(path: string, folder: string): string | undefined {
  const found = join(folder, path)
  if (existsSync(found)) return found
  const parent = dirname(folder)
  return parent === folder ? undefined : findUpwards(path, parent)
}
