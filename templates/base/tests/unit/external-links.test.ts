import { beforeEach, expect, test, vi } from 'vitest'

const { opened } = vi.hoisted(() => ({ opened: [] as string[] }))
vi.mock('electron', () => ({
  shell: { openExternal: async (url: string) => void opened.push(url) },
}))

let openOutside: (url: string) => boolean

beforeEach(async () => {
  vi.resetModules()
  opened.length = 0
  const module = await import('../../src/main/desktop/external-links')
  openOutside = module.openOutside
})

test.each(['https://example.com/a?b#c', 'mailto:somebody@example.com'])('%s is opened', (url) => {
  expect(openOutside(url)).toBe(true)
  expect(opened).toEqual([url])
})

test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://host/share',
  'ms-msdt:/id',
  'app://bundle/app/index.html',
  'about:blank',
  'https:',
  '',
])('%s is not', (url) => {
  expect(openOutside(url)).toBe(false)
  expect(opened).toEqual([])
})

test('a page in a loop opens a few addresses, and no more', () => {
  for (let times = 0; times < 1000; times++) openOutside('https://example.com/')
  expect(opened).toHaveLength(5)
})
