import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'

const repository = join(import.meta.dirname, '../..')
const main = join(repository, 'templates/base/src/main')

/** What pages can clone or move, and what they alone can: one of each is enough to be missed. */
const contract = `
  export interface Frames {
    show(picture: ImageBitmap, frame: VideoFrame): Promise<ImageData>
    draw(canvas: OffscreenCanvas): AsyncIterable<DOMRect>
    list(folder: FileSystemDirectoryHandle, key: CryptoKey): Promise<File[]>
  }`

/** Type-checks a file as one of main, with or without what pages have. */
function check(text: string, ...files: string[]): string {
  const folder = makeFolder()
  writeFileSync(join(folder, 'frames.ts'), text)
  const lib = [
    '--lib',
    'ES2023',
    '--types',
    'node',
    '--typeRoots',
    `${repository}/node_modules/@types`,
  ]
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  const args = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'ES2023', ...lib]
  try {
    return execFileSync(process.execPath, [tsc, ...args, 'frames.ts', ...files], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

it('a contract between two pages can be read in main, which knows no more of a page than names', () => {
  const types = join(main, 'page-types.d.ts')
  expect(check(contract, types)).toBe('')
  expect(check(contract)).toContain("Cannot find name 'ImageBitmap'")
  expect(check('export const page = document', types)).toContain("Cannot find name 'document'")
}, 60_000)
