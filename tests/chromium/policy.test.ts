import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../templates/base/src/main/content-security-policy.ts'
import { describeInChromium } from './describe-in-chromium.ts'

const ORIGIN = 'http://app.localhost'

/** What a page may try, and the directive that stands against it. */
const refused: [directive: string, what: string, attempt: string][] = [
  ['script-src-elem', 'an inline script', "add('script', { textContent: 'window.ran = true' })"],
  ['script-src-attr', 'a listener in HTML', "document.body.setAttribute('onclick', 'ran = true')"],
  ['script-src', 'eval', "setTimeout('window.ran = true')"],
  [
    'script-src-elem',
    'a script from elsewhere',
    "add('script', { src: 'http://evil.localhost/' })",
  ],
  ['worker-src', 'a worker made of text', "new Worker(URL.createObjectURL(new Blob([''])))"],
  ['style-src-elem', 'an inline style', "add('style', { textContent: '* { color: red }' })"],
  ['img-src', 'a picture from elsewhere', "add('img', { src: 'http://evil.localhost/' })"],
  ['connect-src', 'a request elsewhere', "fetch('http://evil.localhost/').catch(() => {})"],
  ['frame-src', 'a frame', "add('iframe', { src: 'http://evil.localhost/' })"],
  ['object-src', 'a plugin', "add('object', { data: '/plugin' })"],
  ['base-uri', 'another base', "add('base', { href: 'http://evil.localhost/' })"],
  ['form-action', 'a form that is sent', "add('form', { action: '/', method: 'post' }).submit()"],
]

describeInChromium('The content security policy of projects', { closeEvent: true }, (browser) => {
  test.each(refused)('refuses by %s %s', async (directive, _, attempt) => {
    const page = await openPage(browser())
    await page.evaluate(`void (() => {
      window.violations = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violations.push(effectiveDirective))
      const add = (name, values) => document.body.appendChild(Object.assign(document.createElement(name), values))
      ${attempt}
    })()`)
    await expect.poll(() => page.evaluate('violations')).toEqual([directive])
    expect(await page.evaluate("'ran' in window")).toBe(false)
    await page.close()
  })

  test('lets a page have its own scripts, workers and styles, and pictures that it made', async () => {
    const page = await openPage(browser())
    const seen = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
        violations.push(blockedURI),
      )
      const loaded = (element: HTMLElement): Promise<string> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => resolve('loaded'))
          element.addEventListener('error', () => resolve('failed'))
          document.body.append(element)
        })
      const script = Object.assign(document.createElement('script'), { src: '/own.js' })
      const style = Object.assign(document.createElement('link'), {
        rel: 'stylesheet',
        href: '/own.css',
      })
      const picture = await new Promise<Blob | null>((resolve) =>
        document.createElement('canvas').toBlob(resolve),
      )
      const image = Object.assign(new Image(), { src: URL.createObjectURL(picture!) })
      const outcomes = await Promise.all([script, style, image].map(loaded))
      const worker = new Worker('/worker.js')
      const word = await new Promise((resolve) =>
        worker.addEventListener('message', ({ data }) => resolve(data)),
      )
      return { outcomes, word, violations }
    })
    expect(seen).toEqual({
      outcomes: ['loaded', 'loaded', 'loaded'],
      word: 'a worker',
      violations: [],
    })
    await page.close()
  })
})

/** A page under the policy, of an origin that answers whatever is asked for. */
async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  const headers = { 'content-security-policy': contentSecurityPolicy() }
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/own.js') return route.fulfill({ contentType: 'text/javascript', body: '' })
    if (pathname === '/own.css') return route.fulfill({ contentType: 'text/css', body: '' })
    if (pathname === '/worker.js') {
      return route.fulfill({
        contentType: 'text/javascript',
        body: "postMessage('a worker')",
        headers,
      })
    }
    return route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><body></body>',
      headers,
    })
  })
  await page.goto(`${ORIGIN}/page.html`)
  return page
}
