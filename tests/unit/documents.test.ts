import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')

const documents = [
  ...readdirSync(repository).filter((name) => name.endsWith('.md')),
  'templates/README.md',
  'tests/electron/README.md',
]

test.each(documents)('every file that %s links to is there', (document) => {
  const text = readFileSync(join(repository, document), 'utf8')
  const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link!)
  const files = links.filter((link) => !URL.canParse(link))
  const missing = files.filter((file) => !existsSync(join(repository, dirname(document), file)))
  expect(missing).toEqual([])
})
