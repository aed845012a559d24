import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInElectron } from './describe-in-electron.ts'

const fixture = join(import.meta.dirname, 'fixture-app')

describeInElectron('protocol.handle', ({ launch }) => {
  async function openPage(): Promise<Page> {
    const { app } = await launch(fixture)
    return app.firstWindow()
  }

  test('brings method, headers and body to the handler, and status and headers back', async () => {
    const page = await openPage()

    const answer = await page.evaluate(async () => {
      const response = await fetch('/echo', { method: 'POST', body: 'a body' })
      const { status, headers } = response
      return { status, header: headers.get('x-fixture'), body: await response.json() }
    })

    expect(answer).toEqual({
      status: 201,
      header: 'echo',
      body: { method: 'POST', contentType: 'text/plain;charset=UTF-8', body: 'a body' },
    })
  })

  test('takes bodies of any kind and size', async () => {
    const page = await openPage()

    const lengths = await page.evaluate(async () => {
      const bodies = [new Uint8Array(3), new Blob(['four', '5']), 'x'.repeat(1_000_000)]
      const send = async (body: (typeof bodies)[number]) => {
        const response = await fetch('/echo', { method: 'PUT', body })
        return ((await response.json()) as { body: string }).body.length
      }
      return Promise.all(bodies.map(send))
    })

    expect(lengths).toEqual([3, 5, 1_000_000])
  })

  test('answers HEAD', async () => {
    const page = await openPage()

    const answer = await page.evaluate(async () => {
      const { status, headers } = await fetch('/echo', { method: 'HEAD' })
      return [status, headers.get('x-fixture')]
    })

    expect(answer).toEqual([201, 'echo'])
  })

  test('joins the values of a header that comes more than once', async () => {
    const page = await openPage()

    const list = await page.evaluate(async () =>
      (await fetch('/many-headers')).headers.get('x-list'),
    )

    expect(list).toBe('one, two')
  })

  test.each([
    ['/empty', 204, ''],
    ['/missing', 404, 'There is no such page'],
    ['/slow', 200, 'one two three'],
  ])('answers %s with %i', async (path, status, text) => {
    const page = await openPage()

    const answer = await page.evaluate(async (url) => {
      const response = await fetch(url)
      return [response.status, await response.text()]
    }, path)

    expect(answer).toEqual([status, text])
  })

  test.each([
    ['throws', '/throws'],
    ['returns an error response', '/error'],
    ['returns nothing', '/nothing'],
    ['breaks off its stream', '/breaks'],
    ['cannot find the file', '/no-such-file.txt'],
  ])('fails the load when the handler %s', async (_, path) => {
    const page = await openPage()

    const answer = await page.evaluate(
      (url) =>
        fetch(url)
          .then((response) => response.text())
          .catch(String),
      path,
    )

    expect(answer).toMatch(/^TypeError: (Failed to fetch|network error)$/)
  })

  test('cancels a silent stream when the page aborts', async () => {
    const page = await openPage()

    await page.evaluate(async () => {
      const controller = new AbortController()
      const { body } = await fetch('/silent', { signal: controller.signal })
      await body!.getReader().read()
      controller.abort()
    })

    const readCount = () => page.evaluate(async () => (await fetch('/cancelled')).text())
    await expect.poll(readCount).toBe('1')
  })

  test('serves files with their type', async () => {
    const page = await openPage()

    const type = await page.evaluate(async () =>
      (await fetch('/page.js')).headers.get('content-type'),
    )

    expect(type).toMatch(/^text\/javascript/)
  })

  test('says which schemes are handled, until they are no more', async () => {
    const { app } = await launch(fixture)
    await app.firstWindow()

    const handled = await app.evaluate(({ protocol }) => {
      const before = [protocol.isProtocolHandled('app'), protocol.isProtocolHandled('other')]
      protocol.unhandle('app')
      return [...before, protocol.isProtocolHandled('app')]
    })

    expect(handled).toEqual([true, false, false])
  })

  test('refuses to handle a scheme twice', async () => {
    const { app } = await launch(fixture)
    await app.firstWindow()

    const twice = app.evaluate(({ protocol }) => protocol.handle('app', () => new Response()))

    await expect(twice).rejects.toThrow('Failed to register protocol: app')
  })

  test('can be used for one session alone', async () => {
    const { app } = await launch(fixture)

    const handled = await app.evaluate(({ session, protocol }) => {
      const other = session.fromPartition('other')
      other.protocol.handle('there', () => new Response())
      return [other.protocol.isProtocolHandled('there'), protocol.isProtocolHandled('there')]
    })

    expect(handled).toEqual([true, false])
  })
})
