import { expect, test, vi } from 'vitest'
import { menuFor } from '../../src/main/desktop/menu'

vi.mock('electron', () => ({ app: {}, shell: {}, Menu: {} }))

/** The roles of all items, and the labels of those that have none. */
function namesIn(items = menuFor('linux', true)): string[] {
  return items.flatMap(({ role, label, submenu }) => [
    ...(role ? [role] : []),
    ...(label ? [label] : []),
    ...(Array.isArray(submenu) ? namesIn(submenu) : []),
  ])
}

test('on macOS the app has a menu of its own, and elsewhere its about panel is under Help', () => {
  expect(namesIn(menuFor('darwin', true))[0]).toBe('appMenu')
  expect(namesIn(menuFor('darwin', true))).not.toContain('about')
  for (const system of ['linux', 'win32']) {
    expect(namesIn(menuFor(system, true))).toContain('about')
    expect(namesIn(menuFor(system, true))).not.toContain('appMenu')
  }
})

test('a packaged app has neither a reload nor developer tools', () => {
  const forDevelopment = ['reload', 'forceReload', 'toggleDevTools']
  expect(namesIn(menuFor('linux', false))).toEqual(expect.arrayContaining(forDevelopment))
  for (const name of forDevelopment) expect(namesIn()).not.toContain(name)
})
