import { readdirSync } from 'node:fs'

/** What is in the folder of a project and no part of it: what tools make there, a repository, and our own. */
const NOT_OF_THE_PROJECT =
  /^(\.git|node_modules|out|test-results|playwright-report|backup-.*|\.create-electron-ports-.*)$/

/** Every file under a folder, sorted, relative to it and with forward slashes. */
export function listFiles(folder: string): string[] {
  return listBelow(folder, '', () => true).toSorted()
}

/** The same of a project in which somebody works: without what is no part of it. */
export function listProjectFiles(folder: string): string[] {
  return listBelow(folder, '', (name) => !NOT_OF_THE_PROJECT.test(name)).toSorted()
}

function listBelow(folder: string, below: string, isPart: (name: string) => boolean): string[] {
  const entries = readdirSync(`${folder}/${below}`, { withFileTypes: true })
  return entries.flatMap((entry) => {
    if (!isPart(entry.name)) return []
    const path = below + entry.name
    if (entry.isDirectory()) return listBelow(folder, `${path}/`, isPart)
    return entry.isFile() ? [path] : []
  })
}
