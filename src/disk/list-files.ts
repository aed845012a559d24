import { readdirSync } from 'node:fs'

/** Every file under a folder, sorted, relative to it and with forward slashes. */
export function listFiles(folder: string): string[] {
  return listBelow(folder, '').toSorted()
}

function listBelow(folder: string, below: string): string[] {
  const entries = readdirSync(`${folder}/${below}`, { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = below + entry.name
    if (entry.isDirectory()) return listBelow(folder, `${path}/`)
    return entry.isFile() ? [path] : []
  })
}
