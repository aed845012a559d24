import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { LiveView, talk } from './live-view.ts'
import { TALKING, buildForTests, letTalk } from './talking-project.ts'
import { useProjectBy } from './use-project.ts'

/** More often than there is anything in the page. */
const MOST_TABS = 40

describeInElectron('The live view', ({ launch, env }) => {
  const project = useProjectBy(TALKING, env)
  beforeAll(async () => {
    await letTalk(project())
    await buildForTests(project(), env())
  }, 120_000)

  test('tells a screen reader what there is, by name and role', async () => {
    const { app } = await launch(project())
    const view = await LiveView.open(app)
    await view.waitForReports('app', 'echo')
    const { page } = view
    await talk(app, ({ call }) => call.echo('hello'))
    const tree = (): Promise<string> => page.locator('body').ariaSnapshot()
    await expect.poll(tree).toContain('option')
    const lines = (await tree()).split('\n').map((line) => line.trim())
    for (const expected of [
      /heading "Live view" \[level=1\]/,
      /combobox "Payloads"/,
      /region "Nodes and links"/,
      /- group:$/,
      /button "Link talk from app to echo: 1 port open, \d+ messages, .* half of the calls within .*, 0 errors"/,
      /button "app, window, running, pid \d+ · .*MB"/,
      /button "echo, utility process, running, pid \d+ · .*MB"/,
      /complementary "What is selected"/,
      /region "Messages"/,
      /toolbar "Log"/,
      /searchbox "Text"/,
      /combobox "Node"/,
      /listbox "Messages, the newest last"/,
      /option ".* talk · app → echo echo .*hello.*hello.* ms"/,
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(expected))
    }
  })

  test('announces what happens to a node, and not each figure that changes', async () => {
    const { app } = await launch(project())
    const view = await LiveView.open(app)
    await view.waitForReports('app', 'echo')
    const { page } = view
    await page.evaluate(() => {
      const said: string[] = []
      Object.assign(window, { said })
      const isLive = (node: Node): boolean => {
        const element = node instanceof Element ? node : node.parentElement
        const live = element?.closest('[aria-live], [role=status], [role=alert], output')
        return live !== null && live?.getAttribute('aria-live') !== 'off'
      }
      new MutationObserver((changes) => {
        for (const { target } of changes) if (isLive(target)) said.push(target.textContent ?? '')
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    await talk(app, async ({ call }) => {
      for (let number = 0; number < 50; number++) await call.echo(number)
    })
    await expect.poll(() => page.locator('#kept').textContent()).toContain('50 kept')
    const said = (): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'said'))
    expect(await said()).toEqual([])
    await view.choose(view.node('echo'))
    await page.getByRole('button', { name: 'Kill' }).click()
    await expect
      .poll(async () => (await said()).join('. '))
      .toMatch(/^echo is lost\. echo runs again, process \d+/)
  })

  test('is worked by the keyboard alone', async () => {
    const { app } = await launch(project())
    const { page } = await LiveView.open(app)
    await talk(app, async ({ call }) => {
      for (let number = 0; number < 3; number++) await call.echo(number)
    })
    await page.locator('#rows .row', { hasText: '→' }).nth(2).waitFor()
    const names = await tabThrough(page)
    expect(names.map((name) => name.replace(/[ ,].*/, ''))).toEqual(
      'payloads Link app echo text link kind node pause clear export rows'.split(' '),
    )

    await tabTo(page, 'Link talk')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Method')
    await page.keyboard.press('e')
    await tabTo(page, 'Arguments')
    await page.keyboard.type('{ by: 1 }')
    await tabTo(page, 'Ask')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.getByRole('list', { name: 'Answers' }).textContent())
      .toBe('{by: 1}')

    // What is told of the processes is left out.
    await tabTo(page, 'kind')
    await page.keyboard.press('c')
    await tabTo(page, 'rows')
    await page.keyboard.press('Home')
    const chosen = (): Promise<string | null> =>
      page.getByRole('option', { selected: true }).locator('.asked').textContent()
    await expect.poll(chosen).toBe('0')
    await page.keyboard.press('ArrowDown')
    await expect.poll(chosen).toBe('1')
    expect(await page.locator('#inspector pre').first().textContent()).toBe('[\n  1\n]')
  })

  test('does not move where motion is unwanted', async () => {
    const { app } = await launch(project())
    const { page } = await LiveView.open(app)
    const dots = page.locator('.dot')
    const seen = (): Promise<string | null> => page.locator('#kept').textContent()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await talk(app, ({ call }) => call.echo(1))
    await expect.poll(seen).toContain('1 kept')
    expect(await dots.count()).toBe(0)
    const line = page.locator('.wire .line')
    expect(await line.evaluate((each) => getComputedStyle(each).transitionDuration)).toBe('0s')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await talk(app, ({ call }) => call.echo(2))
    await expect.poll(() => dots.count()).toBeGreaterThan(0)
  })
})

/** What the focus is on: by its label, or its id. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: element } = document
    if (!element || element === document.body) return ''
    return element.id || element.getAttribute('aria-label') || (element.textContent ?? '')
  })
}

/** All that can have the focus, in order, until that leaves the page. */
async function tabThrough(page: Page): Promise<string[]> {
  const names: string[] = []
  for (let times = 0; times < MOST_TABS; times++) {
    await page.keyboard.press('Tab')
    const name = await focused(page)
    if (name === '' || name === names[0]) break
    names.push(name)
  }
  return names
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let times = 0; times < MOST_TABS; times++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).startsWith(name)) return
  }
  throw new Error(`The focus does not come to "${name}".`)
}
