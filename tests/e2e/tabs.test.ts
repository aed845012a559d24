import type { ElectronApplication, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { hasten } from './crash.ts'
import { pageOf } from './darkroom.ts'
import { countListeners, expectListenersAsBefore, readStderr } from './measure.ts'
import {
  expectStates,
  noteSeen,
  openStrip,
  openTab,
  pressIn,
  shownIn,
  stripsOf,
  titlesOf,
  viewsOf,
} from './tab-strip.ts'
import { useProject } from './use-project.ts'
import { faults, openPorts, watchMain } from './watch-main.ts'

describeInElectron('Tabs', ({ launch, env }) => {
  const project = useProject(['tabs'], env)

  const open = async (): Promise<{ app: ElectronApplication; page: Page; strip: Page }> => {
    const { app } = await launch(project())
    await watchMain(app)
    await noteSeen(app)
    const strip = await openStrip(app)
    return { app, page: await pageOf(app, 'app'), strip }
  }

  test('are opened, ordered, shown and closed, by mouse and by keys', async () => {
    const { app, page, strip } = await open()
    const notes = [await pageOf(app, 'tab'), await openTab(app, strip), await openTab(app, strip)]
    for (const [at, note] of notes.entries()) await note.locator('#text').fill(`Note ${at + 1}`)
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 1', 'Note 2', 'Note 3'])
    expect(await shownIn(strip)).toBe('Note 3')

    await strip.getByRole('tab', { name: 'Note 1' }).click()
    await expect.poll(() => shownIn(strip)).toBe('Note 1')
    await strip.getByRole('tab', { name: 'Note 1' }).press('Control+Shift+PageDown')
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 2', 'Note 1', 'Note 3'])
    await strip
      .getByRole('tab', { name: 'Note 3' })
      .dragTo(strip.getByRole('tab', { name: 'Note 2' }))
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 3', 'Note 2', 'Note 1'])

    // By arrows one goes through the strip, and Enter shows where one is.
    await strip.getByRole('tab', { name: 'Note 1' }).press('ArrowLeft')
    expect(await shownIn(strip)).toBe('Note 1')
    await strip.keyboard.press('Enter')
    await expect.poll(() => shownIn(strip)).toBe('Note 2')

    // A tab that is closed gives its place to its right neighbour; with the last one its window is closed.
    await pressIn(app, 'Note 2', 'w', 'control')
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 3', 'Note 1'])
    expect(await shownIn(strip)).toBe('Note 1')
    await pressIn(app, 'Note 1', 'Tab', 'control')
    await expect.poll(() => shownIn(strip)).toBe('Note 3')
    await pressIn(app, 'Note 3', 'Tab', 'control', 'shift')
    await expect.poll(() => shownIn(strip)).toBe('Note 1')
    await pressIn(app, 'Note 1', 't', 'control')
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 3', 'Note 1', 'New note'])
    await strip.locator('.tab').first().getByText('×').click()
    await strip.getByRole('tab', { name: 'New note' }).click({ button: 'middle' })
    await expect.poll(() => titlesOf(strip)).toEqual(['Note 1'])
    await pressIn(app, 'Note 1', 'w', 'control')
    await expect.poll(() => stripsOf(app)).toEqual([])
    await expect.poll(() => page.locator('.tab-windows li').count()).toBe(0)
    expect(await faults(app)).toEqual([])
  })

  test('lie below the strip at every size, one with the keyboard and the others hidden', async () => {
    const { app, strip } = await open()
    await (await pageOf(app, 'tab')).locator('#text').fill('First')
    await (await openTab(app, strip)).locator('#text').fill('Second')
    const top = await strip.locator('#top').evaluate((each) => each.getBoundingClientRect().bottom)
    const window = await app.browserWindow(strip)
    for (const [width, height] of [
      [1080, 760],
      [640, 500],
    ] as const) {
      await window.evaluate((each, size) => each.setContentSize(...size), [width, height] as const)
      await expect
        .poll(() => strip.evaluate(() => [innerWidth, innerHeight]))
        .toEqual([width, height])
      const strips = strip.locator('#top')
      const now = await strips.evaluate((each) => each.getBoundingClientRect().bottom)
      const bounds = { x: 0, y: Math.round(now), width, height: height - Math.round(now) }
      await expect.poll(async () => (await viewsOf(app))[1]?.bounds).toEqual(bounds)
    }
    expect(top).toBeGreaterThan(60)
    const seen = async () => {
      const views = await viewsOf(app)
      return views.filter(({ isSeen }) => isSeen).map(({ title }) => title)
    }
    await expect.poll(seen).toEqual(['Second'])
    await strip.getByRole('tab', { name: 'First' }).click()
    await expect.poll(seen).toEqual(['First'])
    const hasKeyboard = async () => (await viewsOf(app)).find((each) => each.hasKeyboard)?.title
    await expect.poll(hasKeyboard).toBe('First')
  })

  test('move to another window with their page alive, and get a port there', async () => {
    const { app, strip } = await open()
    const note = await pageOf(app, 'tab')
    await note.locator('#text').fill('On the move')
    await openTab(app, strip)
    await note.evaluate(() => Object.assign(window, { isTheSame: true }))
    await strip.getByRole('tab', { name: 'On the move' }).click()
    await expect.poll(() => shownIn(strip)).toBe('On the move')

    await strip.locator('#move').selectOption('A new window')
    await expect.poll(() => stripsOf(app).length).toBe(2)
    const other = stripsOf(app).find((each) => each !== strip) as Page
    await expectStates(other, ['connected'])
    expect(await titlesOf(other)).toEqual(['On the move'])
    await expect.poll(() => note.locator('#status').textContent()).toMatch(/^In window 2,/)
    // What is said goes to the new window, and to that alone.
    await note.locator('#text').fill('One two three')
    await expect.poll(() => other.locator('.tab .note').textContent()).toBe('3')
    expect(await titlesOf(strip)).toEqual(['New note'])

    // And back: the window that it leaves empty is closed.
    await other.locator('#move').selectOption('Window 1')
    await expectStates(strip, ['connected', 'connected'])
    await expect.poll(() => stripsOf(app)).toEqual([strip])
    expect(await note.evaluate(() => Reflect.get(window, 'isTheSame'))).toBe(true)
    await expect.poll(() => note.locator('#status').textContent()).toMatch(/^In window 1,/)
    expect(await faults(app)).toEqual([])
  })

  test('come back after crashes and reloads, theirs and those of the strip, with their text', async () => {
    const { app, strip } = await open()
    const note = await pageOf(app, 'tab')
    await note.locator('#text').fill('Not lost')
    await openTab(app, strip)
    await strip.getByRole('tab', { name: 'Not lost' }).click()

    await crashTab(app, 'Not lost')
    await expectStates(strip, ['connected', 'connected'])
    const text = () => inTab(app, 'Not lost', "document.querySelector('#text').value")
    expect(await text()).toBe('Not lost')
    await inTab(app, 'Not lost', 'location.reload()')
    await expectStates(strip, ['connected', 'connected'])
    await expect.poll(text).toBe('Not lost')

    await strip.reload()
    await expectStates(strip, ['connected', 'connected'])
    expect(await titlesOf(strip)).toEqual(['Not lost', 'New note'])
    expect(await text()).toBe('Not lost')
    expect(await faults(app)).toEqual([])
  })

  test('that die too often say so in their place, and are tried again', async () => {
    const { app, strip } = await open()
    const output = readStderr(app)
    await hasten(app)
    await app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => /\/tab\//.test(each.getURL()))
      contents?.on('did-finish-load', () => contents.forcefullyCrashRenderer())
      contents?.forcefullyCrashRenderer()
      Object.assign(globalThis, { mortal: contents })
    })
    const notice = strip.locator('#dead')
    await expect.poll(output, { timeout: 20_000 }).toMatch(/"tab" \(key "1"\).*stays down/)
    await expectStates(strip, ['dead'])
    expect(await notice.isVisible()).toBe(true)
    await app.evaluate(() => {
      const contents = Reflect.get(globalThis, 'mortal') as Electron.WebContents
      contents.removeAllListeners('did-finish-load')
    })
    await strip.getByRole('button', { name: 'Try again' }).click()
    await expectStates(strip, ['connected'])
    expect(await notice.isVisible()).toBe(false)
  })

  test('keep content of others to itself: where it is, and what it says', async () => {
    const { app, strip } = await open()
    const complaints = readStderr(app)
    const opened = await watchOutside(app)
    const guest = await openTab(app, strip, 'guest')
    const windows = app.windows().length
    const about = await app.evaluate(({ webContents, session }) => {
      const contents = webContents.getAllWebContents().find((each) => /guest/.test(each.getURL()))
      const preferences: Electron.WebPreferences = Reflect.apply(
        Reflect.get(contents!, 'getLastWebPreferences'),
        contents,
        [],
      )
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = preferences
      return {
        url: contents?.getURL(),
        isApart: contents?.session !== session.defaultSession && !contents?.session.isPersistent(),
        preferences: { sandbox, contextIsolation, nodeIntegration, webviewTag },
      }
    })
    expect(about).toEqual({
      url: 'app://guest/guest/index.html',
      isApart: true,
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
      },
    })

    const found = await guest.evaluate(async () => {
      window.open('https://example.org/')
      window.open('mailto:a@example.org')
      location.assign('https://example.org/')
      location.assign('app://bundle/app/index.html')
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.org/',
        target: '_blank',
      })
      document.body.append(link)
      link.click()
      const isClosed = confirm('Well?')
      const granted = await Notification.requestPermission()
      return {
        isClosed,
        granted,
        here: location.href,
        bridge: Object.keys(Reflect.get(window, 'portsBridge')),
      }
    })
    expect(found).toEqual({
      isClosed: false,
      granted: 'denied',
      here: 'app://guest/guest/index.html',
      bridge: ['open', 'accept', 'withdraw'],
    })
    const codes = await guest.evaluate(async () => {
      const ask = (how: string, link: string, to?: string): Promise<unknown> =>
        new Promise((resolve) => {
          const nonce = `mine ${link}`
          addEventListener('message', ({ data }) => data.nonce === nonce && resolve(data.code))
          Reflect.get(Reflect.get(window, 'portsBridge'), how)({ link, nonce, to })
        })
      return [
        await ask('open', 'tab-strip'),
        await ask('open', 'tab-desk'),
        await ask('open', 'note-page', '1'),
        await ask('open', 'guest-page', '2'),
        await ask('accept', 'note-page'),
        await ask('open', 'members tabs'),
      ]
    })
    expect(codes).toEqual(Array(6).fill('refused'))
    expect(await opened()).toEqual([])
    expect(app.windows()).toHaveLength(windows)
    expect(complaints()).toContain('A page may not open a window for "https://example.org/"')
    expect(await faults(app)).toEqual([])
  })

  test('believe content of others no word that is no colour, and not many that are', async () => {
    const { app, strip } = await open()
    const guest = await openTab(app, strip, 'guest')
    await guest.getByRole('button', { name: '#2563a8' }).click()
    const tint = () =>
      strip.evaluate(() => document.documentElement.style.getPropertyValue('--tint'))
    await expect.poll(tint).toBe('#2563a8')

    // What its page says is changed on its way out, as a hostile one would say it.
    const say = (colour: unknown): Promise<string | null> =>
      guest.evaluate(async (said) => {
        const { prototype } = MessagePort
        const post = prototype.postMessage
        prototype.postMessage = function lie(message: unknown[]) {
          return post.call(
            this,
            message.map((part) => (part === '#2c7a4b' ? said : part)),
          )
        }
        const status = document.querySelector('#status') as HTMLElement
        status.textContent = ''
        document.querySelector<HTMLElement>('[aria-label="#2c7a4b"]')?.click()
        while (!status.textContent) await new Promise((resolve) => setTimeout(resolve, 10))
        prototype.postMessage = post
        return status.textContent
      }, colour)
    for (const colour of [
      'red',
      '#12345',
      '#1234567',
      'url(https://a.b)',
      '',
      5,
      null,
      ['#aabbcc'],
    ]) {
      expect(await say(colour)).toBe('A colour is written as #rrggbb.')
    }
    expect(await tint()).toBe('#2563a8')

    await guest.evaluate(() => {
      for (let times = 0; times < 100; times++) {
        document.querySelector<HTMLElement>('[aria-label="#2c7a4b"]')?.click()
      }
    })
    const status = guest.locator('#status')
    await expect.poll(() => status.textContent()).toBe('The window had enough colours.')
    await expectStates(strip, ['connected', 'connected'])
  })

  test('leave nothing behind when twenty were opened and closed: no contents, port or listener', async () => {
    const { app, strip } = await open()
    await openTab(app, strip)
    await strip.locator('.tab').last().getByText('×').click()
    await expectStates(strip, ['connected'])
    const count = async () => [
      await app.evaluate(({ webContents }) => webContents.getAllWebContents().length),
      await openPorts(app),
    ]
    const before = { counts: await count(), listeners: await countListeners(app, strip) }
    for (let times = 0; times < 20; times++) {
      await strip
        .getByRole('button', { name: times % 4 ? 'New note' : 'Open a foreign page' })
        .click()
    }
    await expectStates(strip, Array(21).fill('connected'))
    for (let times = 0; times < 20; times++) {
      await strip.locator('.tab').last().getByText('×').click()
      await expect.poll(() => strip.locator('.tab').count()).toBe(20 - times)
    }
    await expect.poll(count).toEqual(before.counts)
    // The page may still have the tab on which the mouse was last, and its link: fewer than one for each of twenty.
    await expectListenersAsBefore(app, strip, before.listeners, 15)
    expect(await faults(app)).toEqual([])
  })
})

/** Crashes the page in the tab of that title. */
async function crashTab(app: ElectronApplication, title: string): Promise<void> {
  await app.evaluate(async ({ webContents }, name) => {
    const contents = webContents.getAllWebContents().find((each) => each.getTitle() === name)
    const gone = new Promise((resolve) => contents?.once('render-process-gone', resolve))
    contents?.forcefullyCrashRenderer()
    await gone
  }, title)
}

/** Evaluates in the page of that title by main: Playwright takes one that crashed for dead. */
function inTab(app: ElectronApplication, title: string, code: string): Promise<unknown> {
  return app.evaluate(
    ({ webContents }, { name, expression }) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getTitle() === name)
        ?.executeJavaScript(expression)
        .catch(String),
    { name: title, expression: code },
  )
}

/** Notes what the app gives to the user's browser from now on. Gives how to read that. */
async function watchOutside(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const outside: string[] = []
    shell.openExternal = async (url) => void outside.push(url)
    Object.assign(globalThis, { outside })
  })
  return () => app.evaluate(() => Reflect.get(globalThis, 'outside'))
}
