import type { ProjectFiles } from '../render/render.ts'

/** Draws the files as a tree, with the size of each and of all. */
export function drawTree(files: ProjectFiles): string {
  const paths = [...files.keys()].toSorted(compareByFolder)
  const lines: string[] = []
  let known: string[] = []
  for (const path of paths) {
    const parts = path.split('/')
    const folders = parts.slice(0, -1)
    const shared = known.findIndex((folder, depth) => folder !== folders[depth])
    const from = shared < 0 ? known.length : shared
    for (let depth = from; depth < folders.length; depth++) {
      lines.push(`${'  '.repeat(depth)}${folders[depth]}/`)
    }
    known = folders
    lines.push(`${'  '.repeat(folders.length)}${parts.at(-1)}  ${formatSize(sizeOf(files, path))}`)
  }
  return lines.join('\n')
}

/** In bytes. */
export function totalSize(files: ProjectFiles): number {
  return [...files.values()].reduce((sum, { content }) => sum + content.length, 0)
}

export function formatSize(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
}

function sizeOf(files: ProjectFiles, path: string): number {
  return files.get(path)?.content.length ?? 0
}

/** The files of a folder after its folders, as a tree is read. */
function compareByFolder(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')]
  for (let depth = 0; ; depth++) {
    const [one = '', other = ''] = [left[depth], right[depth]]
    const [oneIsFile, otherIsFile] = [depth === left.length - 1, depth === right.length - 1]
    if (oneIsFile !== otherIsFile) return oneIsFile ? 1 : -1
    if (one !== other) return one < other ? -1 : 1
    if (oneIsFile) return 0
  }
}
