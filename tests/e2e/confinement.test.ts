import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication, Page } from 'playwright-core'
import { expect, inject, onTestFinished, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { Darkroom, pageOf } from './darkroom.ts'
import { readStderr } from './measure.ts'

/** As a page's own router does, and then its user. */
async function goAndReload(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => history.pushState(null, '', path), address)
  await page.reload()
}

describeInElectron('A page', ({ launch }) => {
  const project = inject('workerWindowProject')

  test.each(['/settings', '/a/b/c', '/settings?tab=1#top', '/app/books/1', '/app/no.html'])(
    'that gives itself the address %s is there again after a reload, and has its port',
    async (address) => {
      const { app, page } = await Darkroom.open((await launch(project)).app)
      await goAndReload(page, address)
      expect(page.url()).toBe(`app://bundle${address}`)
      await new Darkroom(app, page).waitForPort(2)
    },
  )

  test.each([
    '/worker/index.html',
    '/worker/',
    '/worker/anything',
    '/worker/%69ndex.html',
    '/WORKER/index.html',
    '/worker./index.html',
  ])('that gives itself an address of another node (%s) stays what it is', async (address) => {
    const darkroom = await Darkroom.open((await launch(project)).app)
    await goAndReload(darkroom.page, address)
    await darkroom.waitForPort(2)
    expect(await darkroom.page.title()).toBe('Ports at work')
  })

  test('keeps its files where they are: one that has another address is still what it was', async () => {
    const { page } = await Darkroom.open((await launch(project)).app)
    await goAndReload(page, '/settings')
    const statuses = await page.evaluate(() =>
      Promise.all(
        ['/app/index.html', '/worker/index.html', '/no', '/settings', '/..%2fmain/index.js'].map(
          (path) => fetch(path).then(({ status }) => status),
        ),
      ),
    )
    expect(statuses).toEqual([200, 200, 404, 200, 404])
  })

  test.each(['about:blank', 'about:blank?x', 'about:blank#x'])(
    'that leaves for %s is brought back',
    async (address) => {
      const darkroom = await Darkroom.open((await launch(project)).app)
      await darkroom.page.evaluate((to) => void setTimeout(() => location.assign(to)), address)
      await expect.poll(() => darkroom.page.url()).toBe('app://bundle/app/index.html')
      await darkroom.waitForPort(2)
    },
  )

  test('downloads nothing, opens nothing and goes nowhere, and the log names the place to allow it', async () => {
    const { app } = await launch(project)
    const output = readStderr(app)
    const page = await pageOf(app, 'app')
    await app.evaluate(({ session }) => {
      Reflect.set(globalThis, 'downloads', [])
      session.defaultSession.on('will-download', (event, item) => {
        Reflect.get(globalThis, 'downloads').push([event.defaultPrevented, item.getURL()])
      })
    })
    const downloads = () => app.evaluate(() => Reflect.get(globalThis, 'downloads').splice(0))
    for (const [kind, expected] of [
      ['blob', expect.stringMatching(/^blob:app/)],
      ['data', 'data:text/plain,x'],
    ] as const) {
      // One by one, for a second ends a first that has not begun.
      await page.evaluate((isBlob) => {
        const link = document.createElement('a')
        link.href = isBlob ? URL.createObjectURL(new Blob(['x'])) : 'data:text/plain,x'
        link.download = 'x.txt'
        link.click()
      }, kind === 'blob')
      await expect.poll(downloads).toEqual([[true, expected]])
    }
    // Later, for to go elsewhere ends a download that has not begun.
    await page.evaluate(() => {
      window.open('http://example.com/?\u001B]0;owned')
      location.assign('http://example.com/away')
    })
    for (const line of ['download "blob:app:', 'download "data:', 'open a window for', 'go to']) {
      await expect.poll(output).toContain(`A page may not ${line}`)
    }
    expect(output()).toContain('src/main/security.ts is the place to allow it.')
    expect(output()).not.toContain('\u001B]0;owned')
  })

  test('reaches nobody by WebRTC over UDP', async () => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    const server = createSocket('udp4')
    onTestFinished(() => void server.close())
    let packets = 0
    server.on('message', () => (packets += 1))
    server.bind(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const candidates = await page.evaluate(async (stunPort) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stunPort}` }] })
      peer.createDataChannel('x')
      const found: unknown[] = []
      const gathered = new Promise((resolve) => {
        peer.addEventListener('icecandidate', ({ candidate }) =>
          candidate ? found.push(candidate.candidate) : resolve(found),
        )
      })
      await peer.setLocalDescription(await peer.createOffer())
      return gathered
    }, port)
    expect({ candidates, packets }).toEqual({ candidates: [], packets: 0 })
  })
})

describeInElectron('A window that a page may open', ({ launch }) => {
  const project = inject('workerWindowProject')

  /** As an app does in `src/main/security.ts` that lets its own addresses through. */
  const open = async (address: string, later = ''): Promise<ElectronApplication> => {
    const { app } = await launch(project)
    const page = await pageOf(app, 'app')
    await app.evaluate(({ webContents }) => {
      for (const contents of webContents.getAllWebContents()) {
        contents.setWindowOpenHandler(({ url }) => ({
          action: url.startsWith('app:') ? 'allow' : 'deny',
        }))
      }
    })
    output = readStderr(app)
    await page.evaluate(
      ([first = '', next]) => {
        const child = window.open(first)
        if (next && child) child.location.href = next
      },
      [address, later],
    )
    return app
  }
  let output: () => string

  const titles = (app: ElectronApplication): Promise<string[]> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.webContents.getTitle()),
    )

  test('shows what it was opened for', async () => {
    const app = await open('app://bundle/app/index.html')
    await expect
      .poll(async () => (await titles(app)).toSorted())
      .toEqual(['Ports at work', 'Ports at work', 'worker'])
  })

  test('shows nothing else, though its opener sends it elsewhere before it is there', async () => {
    const app = await open('app://bundle/app/index.html', 'http://example.com/away')
    await expect.poll(() => output()).toContain('A page may not go to "http://example.com/away"')
    const addresses = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((each) => each.getURL()),
    )
    expect(addresses.join(' ')).not.toContain('example.com')
  })
})
