import { expect, inject, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { pageOf } from './darkroom.ts'

/** Electron's security checklist, point by point, for every window of the app. */
describeInElectron('Every page', ({ launch }) => {
  const project = inject('workerWindowProject')
  const nodes = ['app', 'worker']

  test('is sandboxed and isolated, without Node', async () => {
    const { app } = await launch(project)
    for (const node of nodes) await pageOf(app, node)
    const preferences = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        // In Electron for its own tests, and not declared.
        const all = Reflect.get(contents, 'getLastWebPreferences').call(contents)
        const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = all
        return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag }
      }),
    )
    const expected = {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    }
    expect(preferences).toEqual(nodes.map(() => expected))
  })

  test('reaches neither Node nor Electron, whatever it looks at', async () => {
    const { app } = await launch(project)
    for (const node of nodes) {
      const page = await pageOf(app, node)
      const found = await page.evaluate(() => ({
        globals: [
          'require',
          'process',
          'module',
          'exports',
          'Buffer',
          'global',
          '__dirname',
        ].filter((name) => name in window),
        // What a page without a preload does not have: ours, and nothing besides.
        added: Object.getOwnPropertyNames(window).filter((name) =>
          /electron|ipc|bridge/i.test(name),
        ),
        bridge: Object.entries(Reflect.get(window, 'portsBridge')).map(
          ([name, value]) => `${name}: ${typeof value}`,
        ),
      }))
      expect(found).toEqual({
        globals: [],
        added: ['portsBridge'],
        bridge: ['open: function', 'accept: function', 'withdraw: function'],
      })
    }
  })

  test('has its own, secure origin', async () => {
    const { app } = await launch(project)
    for (const node of nodes) {
      const page = await pageOf(app, node)
      const found = await page.evaluate(() => ({ origin: location.origin, isSecureContext }))
      expect(found).toEqual({ origin: 'app://bundle', isSecureContext: true })
    }
  })

  test('runs no inline script, no eval, and nothing from another host', async () => {
    const { app } = await launch(project)
    for (const node of nodes) {
      const page = await pageOf(app, node)
      const outcome = await page.evaluate(async () => {
        const violations: string[] = []
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violations.push(effectiveDirective)
        })
        const inline = document.createElement('script')
        inline.textContent = 'window.inlineRan = true'
        const foreign = document.createElement('script')
        foreign.src = 'https://example.com/script.js'
        const frame = document.createElement('iframe')
        frame.src = 'https://example.com'
        document.documentElement.append(inline, foreign, frame)
        const evaluated = await Promise.resolve()
          // Where it is called decides: Playwright's own scripts are exempt from the policy.
          .then(() => window.setTimeout('window.evalRan = true', 0))
          .catch(() => {})
        const fetched = await fetch('https://example.com').catch(() => 'blocked')
        await new Promise((resolve) => setTimeout(resolve, 300))
        return {
          inlineRan: 'inlineRan' in window,
          evalRan: 'evalRan' in window,
          fetched: fetched === 'blocked',
          evaluated: typeof evaluated,
          violations: [...new Set(violations)],
        }
      })
      expect(outcome).toMatchObject({ inlineRan: false, evalRan: false, fetched: true })
      expect(outcome.violations.toSorted()).toEqual([
        'connect-src',
        'frame-src',
        'script-src',
        'script-src-elem',
      ])
    }
  })

  test('may not navigate, open windows, or use permissions', async () => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    await pageOf(app, 'worker')
    const answers = await page.evaluate(async () => {
      const link = document.createElement('a')
      link.href = 'https://example.com'
      link.target = '_blank'
      document.body.append(link)
      link.click()
      const clipboard = await navigator.clipboard.readText().catch((error: Error) => error.name)
      const notifications = await Notification.requestPermission()
      const location = await navigator.permissions.query({ name: 'geolocation' })
      const opened = window.open('app://bundle/app/index.html')
      window.location.href = 'app://bundle/elsewhere'
      return { opened, clipboard, notifications, geolocation: location.state }
    })
    await page.waitForTimeout(500)
    expect(answers).toEqual({
      opened: null,
      clipboard: 'NotAllowedError',
      notifications: 'denied',
      geolocation: 'denied',
    })
    expect(page.url()).toBe('app://bundle/app/index.html')
    expect(app.windows()).toHaveLength(2)
  })

  test('is served from the build alone', async () => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    const statuses = await page.evaluate(async () => {
      const get = (path: string) => fetch(path).then(({ status }) => status)
      return {
        page: await get('/app/index.html'),
        missing: await get('/app/missing.html'),
        above: await get('/..%2f..%2fpackage.json'),
        far: await get('/%2e%2e/%2e%2e/package.json'),
        malformed: await get('/%E0%A4%A'),
        folder: await get('/app'),
      }
    })
    expect(statuses).toEqual({
      page: 200,
      missing: 404,
      above: 404,
      far: 404,
      malformed: 404,
      folder: 404,
    })
    const type = await page.evaluate(async () => {
      const { headers } = await fetch('/app/index.html')
      return [headers.get('content-type'), headers.get('x-content-type-options')]
    })
    expect(type).toEqual(['text/html', 'nosniff'])
  })
})
